import * as vscode from 'vscode';

/** Result of a step. `closed`: VS Code doesn't distinguish Escape from a click elsewhere. */
export type StepResult<T> =
  { readonly kind: 'chosen'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'closed' };

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
  readonly current?: boolean;
}

export interface ListStep<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** Fills the step while it's open. The result is disposed when the step closes. */
  readonly fill?: (step: OpenListStep<T>) => vscode.Disposable;
  /** Handles a choice that keeps the step open. @returns whether it was such a choice */
  readonly staysFor?: (value: T) => boolean;
}

export interface OpenListStep<T> {
  show(choices: readonly Choice<T>[]): void;
  setBusy(busy: boolean): void;
}

/** Shows a list of choices with the current one marked. */
export function askForChoice<T>(step: ListStep<T>): Promise<StepResult<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.title = step.title;
  pick.placeholder = step.placeholder;
  pick.buttons = [vscode.QuickInputButtons.Back];
  const show = (choices: readonly Choice<T>[]): void => {
    const before = pick.activeItems[0];
    const isWanted = (choice: Choice<T>): boolean =>
      before === undefined ? choice.current === true : isSameValue(choice.value, before.value);
    pick.items = choices.map((choice) => (choice.current === true ? markCurrent(choice) : choice));
    pick.activeItems = pick.items.filter(isWanted).slice(0, 1);
  };
  show(step.choices);
  return waitForAnswer<T>(pick, (answer) => {
    const filling = step.fill?.({ show, setBusy: (busy) => void (pick.busy = busy) });
    const accepting = pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0] ?? pick.activeItems[0];
      if (chosen === undefined || step.staysFor?.(chosen.value) === true) return;
      answer({ kind: 'chosen', value: chosen.value });
    });
    return vscode.Disposable.from(accepting, ...(filling === undefined ? [] : [filling]));
  });
}

/** Each fill creates new choice objects, so they are compared by value. */
function isSameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function markCurrent<T>(choice: Choice<T>): Choice<T> {
  const current = vscode.l10n.t('current');
  return { ...choice, description: choice.description === undefined ? current : `${choice.description} · ${current}` };
}

export interface TextStep {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  /** Returns why the text is invalid, if it is. */
  problem(text: string): string | undefined;
}

/** Asks for text. Enter does nothing while the text is invalid. */
export function askForText(step: TextStep): Promise<StepResult<string>> {
  const input = vscode.window.createInputBox();
  input.title = step.title;
  input.prompt = step.prompt;
  input.placeholder = step.placeholder;
  input.value = step.value;
  input.valueSelection = [0, step.value.length];
  input.buttons = [vscode.QuickInputButtons.Back];
  const validate = (): boolean => {
    input.validationMessage = step.problem(input.value) ?? '';
    return input.validationMessage === '';
  };
  return waitForAnswer<string>(input, (answer) =>
    vscode.Disposable.from(
      input.onDidChangeValue(validate),
      input.onDidAccept(() => {
        if (validate()) answer({ kind: 'chosen', value: input.value });
      }),
    ),
  );
}

type Step = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

function waitForAnswer<T>(
  input: Step,
  listen: (answer: (answer: StepResult<T>) => void) => vscode.Disposable,
): Promise<StepResult<T>> {
  // The rows in the view change with each step, and VS Code may focus them.
  input.ignoreFocusOut = true;
  return new Promise((resolve) => {
    const answer = (value: StepResult<T>): void => {
      resolve(value);
      listening.dispose();
      input.dispose();
    };
    const listening = vscode.Disposable.from(
      listen(answer),
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) answer({ kind: 'back' });
      }),
      input.onDidHide(() => answer({ kind: 'closed' })),
    );
    input.show();
  });
}
