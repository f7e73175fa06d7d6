import * as vscode from 'vscode';
import { isolateDirection } from '../../core/text/directions';
import { shortId, breakLinks, toVisibleLine } from '../../core/text/label';
import { formatAssistant } from '../format/filter';

export interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** Masks what is typed. */
  readonly password?: boolean;
  readonly step?: number;
  readonly totalSteps?: number;
  /** What is wrong with what was typed so far, in words; undefined where it may be entered. */
  readonly problem: (value: string) => string | undefined;
  /**
   * What entering it comes to, while the box shows that it is busy. The signal is aborted when the box is closed.
   * Words keep the box open with what was typed.
   */
  readonly enter?: (value: string, signal: AbortSignal) => Promise<{ readonly refusal: string } | undefined>;
}

export type InputResult = { readonly kind: 'entered'; readonly value: string } | { readonly kind: 'back' | 'closed' };

/** Asks for a line of text. The box stays open while other windows are looked at: keys are copied from there. */
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
      // Not disabled meanwhile: a disabled box loses the focus, and Escape with it.
      box.busy = true;
      const refused = await question.enter?.(value, closed.signal);
      if (closed.signal.aborted) return;
      box.busy = false;
      if (refused === undefined) close({ kind: 'entered', value });
      else box.validationMessage = plainLabel(refused.refusal);
    };
    box.onDidChangeValue((value) => {
      // An empty box is where one begins, not a mistake.
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
 * Keeps items in the order given while text is typed. VS Code sorts by where the label matches otherwise; its switch for
 * that is there in every version that this extension runs on, though not in its published types.
 */
export function keepOrder(pick: vscode.QuickPick<vscode.QuickPickItem>): void {
  Object.assign(pick, { sortByLabel: false });
}

/**
 * A stranger's text in a quick pick or an input box: `$(trash)` in it is text, not an icon; and no link or picture, since VS
 * Code shows description and detail as Markdown once the mouse rests on them.
 */
export function plainLabel(text: string): string {
  return breakLinks(text).replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&');
}

/** The assistant's name; a deleted one has none. */
export function assistantLabel(name: string | undefined, uuid: string): string {
  return plainLabel(isolateDirection(formatAssistant(name, uuid)));
}

/** What tells namesakes apart. */
export function shortIdLabel(id: string): string {
  return plainLabel(toVisibleLine(shortId(id)));
}
