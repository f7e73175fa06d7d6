import assert from 'node:assert/strict';
import * as vscode from 'vscode';

type Box = vscode.InputBox;
type Pick = vscode.QuickPick<vscode.QuickPickItem>;

/**
 * Controls VS Code's real input boxes and quick picks, which it captures when they are created. Notifications are answered
 * and recorded in place of VS Code, because a host test can't click.
 */
export class Inputs {
  /** Messages of notifications, oldest first. */
  readonly notifications: string[] = [];
  private readonly original: Partial<typeof vscode.window>;
  private readonly answers: string[] = [];
  private readonly made: { input: Box[]; pick: Pick[] } = { input: [], pick: [] };
  private readonly waiting: { kind: 'input' | 'pick'; resolve: () => void }[] = [];

  constructor() {
    const { createInputBox, createQuickPick, showInformationMessage, showWarningMessage, showErrorMessage } =
      vscode.window;
    this.original = { createInputBox, createQuickPick, showInformationMessage, showWarningMessage, showErrorMessage };
    const recordNotification = (message: string, ...rest: unknown[]): Promise<unknown> => {
      this.notifications.push(message);
      const at = this.answers.findIndex((answer) => rest.includes(answer));
      return Promise.resolve(at === -1 ? undefined : this.answers.splice(at, 1)[0]);
    };
    Object.assign(vscode.window, {
      createInputBox: () => this.note('input', createInputBox()),
      createQuickPick: () => this.note('pick', createQuickPick()),
      showInformationMessage: recordNotification,
      showWarningMessage: recordNotification,
      showErrorMessage: recordNotification,
    });
  }

  /** Answers the next notification that has this button, and closes all others. */
  answer(label: string): void {
    this.answers.push(label);
  }

  async next(kind: 'input'): Promise<Box>;
  async next(kind: 'pick'): Promise<Pick>;
  async next(kind: 'input' | 'pick'): Promise<Box | Pick> {
    if (this.made[kind].length === 0) await new Promise<void>((resolve) => this.waiting.push({ kind, resolve }));
    return this.made[kind].shift() ?? assert.fail('no input was made');
  }

  /** Puts a value in the box and presses Enter. */
  async enter(box: Box, value: string): Promise<void> {
    box.value = value;
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  async escape(box: Box): Promise<void> {
    const hidden = new Promise<void>((resolve) => void box.onDidHide(() => resolve()));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await hidden;
  }

  /** Resolves when the validation message matches. */
  async message(box: Box, like: RegExp): Promise<void> {
    await until(() => typeof box.validationMessage === 'string' && like.test(box.validationMessage));
  }

  async items(pick: Pick, matches: (items: readonly vscode.QuickPickItem[]) => boolean): Promise<void> {
    await until(() => matches(pick.items));
    // The window receives the items in the next turn of the event loop, and then resets the focus.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await vscode.commands.getCommands(true);
  }

  /** Moves down to the item and presses Enter. */
  async pick(pick: Pick, label: string): Promise<void> {
    assert.ok(
      pick.items.some((item) => item.label === label),
      `there is no ${label}`,
    );
    while (pick.activeItems[0]?.label !== label) {
      const moved = new Promise<void>((resolve) => void pick.onDidChangeActive(() => resolve()));
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await moved;
    }
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  dispose(): void {
    Object.assign(vscode.window, this.original);
  }

  private note<T extends Box | Pick>(kind: 'input' | 'pick', made: T): T {
    (this.made[kind] as (Box | Pick)[]).push(made);
    const at = this.waiting.findIndex((each) => each.kind === kind);
    if (at !== -1) this.waiting.splice(at, 1)[0]?.resolve();
    return made;
  }
}

/** Checks in each turn of the event loop. The test's timeout ends a wait in vain. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}
