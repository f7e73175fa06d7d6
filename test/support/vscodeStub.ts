// The parts of the VS Code API that the tests in plain Node need. Without a language pack, texts are English.
export { env, l10n, UIKind } from '../media/vscodeStub';

export const logLines: string[] = [];
const log = (line: string): void => void logLines.push(line);

/** Messages of notifications, and titles of progress. They are never answered. */
export const notifications: string[] = [];
const recordNotification = (message: string): Promise<undefined> => {
  notifications.push(message);
  return new Promise(() => undefined);
};

export class MarkdownString {
  value = '';
  appendMarkdown(text: string): void {
    this.value += text;
  }
}

export const Uri = {};
export const workspace = {};
export const ProgressLocation = { Notification: 15 };
export const commands = { executeCommand: (): Promise<void> => Promise.resolve() };

interface Progress {
  readonly title: string | undefined;
  readonly messages: string[];
  /** Presses Cancel. */
  readonly cancel: () => void;
}

/** Visible texts, and the user's answers to the next questions; undefined cancels. */
export const shown = {
  questions: [] as string[],
  answers: [] as (string | undefined)[],
  progress: [] as Progress[],
  statusBar: [] as string[],
};

function withProgress<T>(
  { title }: { readonly title?: string },
  task: (
    progress: { report(step: { readonly message?: string }): void },
    token: { onCancellationRequested(listener: () => void): void },
  ) => Promise<T>,
): Promise<T> {
  const listeners: (() => void)[] = [];
  const messages: string[] = [];
  notifications.push(title ?? '');
  shown.progress.push({ title, messages, cancel: () => listeners.forEach((listener) => listener()) });
  return task(
    { report: ({ message = '' }) => void messages.push(message) },
    { onCancellationRequested: (listener) => void listeners.push(listener) },
  );
}

/** A quick pick that records what it would show. */
class QuickPick {
  busy = false;
  activeItems: readonly unknown[] = [];
  selectedItems: readonly unknown[] = [];
  timesFilled = 0;
  private filled: readonly { readonly detail?: string }[] = [];
  private readonly hideListeners: (() => void)[] = [];

  get items(): readonly { readonly detail?: string }[] {
    return this.filled;
  }

  set items(items: readonly { readonly detail?: string }[]) {
    this.filled = items;
    this.timesFilled += 1;
  }

  readonly onDidAccept = (): void => undefined;
  readonly onDidTriggerItemButton = (): void => undefined;
  readonly onDidHide = (listener: () => void): void => void this.hideListeners.push(listener);
  readonly show = (): void => undefined;
  readonly dispose = (): void => undefined;

  hide(): void {
    for (const listener of this.hideListeners) listener();
  }
}

export const quickPicks: QuickPick[] = [];
export const QuickPickItemKind = { Separator: -1 };
export class ThemeIcon {
  constructor(readonly id: string) {}
}

export const window = {
  withProgress,
  createQuickPick(): QuickPick {
    const pick = new QuickPick();
    quickPicks.push(pick);
    return pick;
  },
  showInformationMessage(question: string, { detail = '' }: { readonly detail?: string }): Promise<string | undefined> {
    shown.questions.push(`${question}\n${detail}`);
    return Promise.resolve(shown.answers.shift());
  },
  setStatusBarMessage: (message: string) => void shown.statusBar.push(message),
  createOutputChannel: () => ({ info: log, warn: log, error: log, show: () => undefined, dispose: () => undefined }),
  showErrorMessage(message: string): Promise<string | undefined> {
    void recordNotification(message);
    return Promise.resolve(shown.answers.shift());
  },
};
