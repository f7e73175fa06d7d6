import * as vscode from 'vscode';
import { isolateDirection } from '../../core/text/directions';
import { shortId, toVisibleLine } from '../../core/text/title';
import { formatAssistant } from '../format/filter';
import { plainLabel } from '../format/plainLabel';

export { plainLabel };

export interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly step?: number;
  readonly totalSteps?: number;
  /** Returns why the text can't be entered, or undefined if it can. */
  readonly problem: (value: string) => string | undefined;
  /**
   * Runs while the box shows that it's busy. The signal is aborted when the box closes. A refusal is shown and keeps the box
   * open with the text in it.
   */
  readonly enter?: (value: string, signal: AbortSignal) => Promise<{ readonly refusal: string } | undefined>;
}

export type InputResult = { readonly kind: 'entered'; readonly value: string } | { readonly kind: 'back' | 'closed' };

/** Asks for a line of text. The box stays open while the user copies a key from another window. */
export function ask(question: Question): Promise<InputResult> {
  const box = vscode.window.createInputBox();
  const closed = new AbortController();
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder ?? '';
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  box.ignoreFocusOut = true;
  box.step = question.step;
  box.totalSteps = question.totalSteps;
  if ((question.step ?? 1) > 1) box.buttons = [vscode.QuickInputButtons.Back];

  return new Promise<InputResult>((resolve, reject) => {
    let answer: InputResult = { kind: 'closed' };
    const close = (with_: InputResult): void => {
      answer = with_;
      box.hide();
    };
    const enter = async (): Promise<void> => {
      const { value } = box;
      box.validationMessage = question.problem(value);
      if (box.busy || box.validationMessage !== undefined) return;
      // A disabled box loses the focus, so Escape wouldn't work.
      box.busy = true;
      const refused = await question.enter?.(value, closed.signal);
      if (closed.signal.aborted) return;
      box.busy = false;
      if (refused === undefined) close({ kind: 'entered', value });
      else box.validationMessage = plainLabel(refused.refusal);
    };
    box.onDidChangeValue((value) => {
      // An empty box is the start, not a mistake.
      box.validationMessage = value === '' ? undefined : question.problem(value);
    });
    box.onDidTriggerButton(() => close({ kind: 'back' }));
    box.onDidAccept(() => {
      enter().catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        box.hide();
      });
    });
    box.onDidHide(() => {
      closed.abort();
      box.dispose();
      resolve(answer);
    });
    box.show();
  });
}

/**
 * Keeps the order of the items while the user types. VS Code sorts by match position otherwise; `sortByLabel` isn't in the
 * published types, but in all supported versions.
 */
export function keepOrder(pick: vscode.QuickPick<vscode.QuickPickItem>): void {
  Object.assign(pick, { sortByLabel: false });
}

/** Asks for one of the texts, or for another one. */
export function selectOrType(texts: readonly string[], placeholder: string): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly text: string }>();
  pick.placeholder = placeholder;
  const show = (): void => {
    const typed = pick.value.trim();
    const all = typed === '' || texts.includes(typed) ? texts : [...texts, typed];
    pick.items = all.map((text) => ({ label: plainLabel(toVisibleLine(text)), text }));
  };
  show();
  return new Promise((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const [selected] = pick.selectedItems;
      if (selected === undefined) return;
      resolve(selected.text);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

export function formatAssistantLabel(name: string | undefined, uuid: string): string {
  return plainLabel(isolateDirection(formatAssistant(name, uuid)));
}

/** Distinguishes assistants of the same name. */
export function formatShortIdLabel(id: string): string {
  return plainLabel(toVisibleLine(shortId(id)));
}
