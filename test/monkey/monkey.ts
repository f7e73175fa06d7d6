import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { changeSettings, openWindow, type VsCodeWindow } from '../vscode-from-npm/window';
import { Workbench } from '../support/workbench/workbench';
import { addAccounts } from './accounts';
import { choose } from './chance';
import type { ExtensionHost } from './host/extensionHost';
import { Logs } from './logs';
import { Panel } from './panel';
import { readScreen, type Row, type Screen } from './screen';
import { paletteTitle } from './titles';
import type { MonkeyVsCode } from './vscode';
import { World, type Account } from './world';

/** More than the minute for which the extension limits its requests. */
const timePerActionMs = 61_000;

/** After this many actions, a server's failures end by themselves. */
const maxTroubledActions = 6;
/** For this many actions after a failure, it may still be reported. */
const actionsUntilQuiet = 4;

/** The screen has settled if it was the same this many times, each time after the extension host responded. */
const minEqualScreens = 3;
const pauseMs = 40;
/** Stops waiting for longer activity (a held response, a search) after this many screens. */
const maxScreens = 60;

type Highlight = 'by hand' | 'from elsewhere' | 'moved on';

/** The window that actions act on, its expected state, and the servers. */
export class Monkey {
  readonly workbench: Workbench;
  readonly page;
  readonly panel: Panel;
  /** Index of the current account. */
  current = 0;
  /**
   * The origin of the highlight. `by hand`: selected in the tree, which has the focus. `from elsewhere`: revealed, and
   * focused by the next key in the tree. `moved on`: keys moved the focus away from it.
   */
  get highlight(): Highlight {
    return this.highlighted;
  }
  set highlight(highlight: Highlight) {
    this.highlighted = highlight;
    this.isHighlightKnown = true;
  }
  /** The conversation that the last action opened, and whether it did so by its row. */
  opened: { readonly id: string; readonly byRow: boolean } | undefined;
  /** The last loaded conversation, and the number of its latest version at that time. */
  fresh: { readonly id: string; readonly version: number } | undefined;
  private highlighted: Highlight = 'moved on';
  /** Whether the running action has set `highlight`. */
  private isHighlightKnown = false;
  private tabsBefore: readonly string[] = [];
  /** The screen after the last action. */
  private lastScreen: Screen | undefined;
  private notes: string[] = [];
  private troubledActions = 0;
  private quietActions = Infinity;
  private readonly logs: Logs;

  private constructor(
    private readonly window: VsCodeWindow,
    readonly world: World,
    readonly host: ExtensionHost,
    readonly vscode: MonkeyVsCode,
  ) {
    this.workbench = new Workbench(window);
    this.page = window.page;
    this.panel = new Panel(window);
    this.logs = new Logs(window.server.userDataDir);
  }

  /** Opens a window with both accounts, and the view. */
  static async start(vscode: MonkeyVsCode, seed: number): Promise<Monkey> {
    const world = await World.start(seed);
    const [first] = world.accounts;
    const folder = await vscode.nextFolder();
    await changeSettings(
      vscode.server,
      { 'aiployees.baseUrl': first.server.url, 'aiployees.followInterval': 5 },
      'instead of all',
    );
    const window = await openWindow({ server: vscode.server, browser: vscode.browser, folder });
    const monkey = new Monkey(window, world, vscode.extensionHost(), vscode);
    await monkey.workbench.containerIcon.waitFor();
    await addAccounts(monkey.workbench, world.accounts);
    return monkey;
  }

  get account(): Account {
    return this.world.accounts[this.current] ?? this.world.accounts[0];
  }

  screen(): Promise<Screen> {
    return readScreen(this.page);
  }

  /** Called before each action: advances the clocks and closes questions and quick inputs. @returns the screen */
  async begin(): Promise<Screen> {
    this.opened = undefined;
    this.notes = [];
    this.countTroubledActions();
    this.world.advance(timePerActionMs);
    await this.host.advance(timePerActionMs);
    this.isHighlightKnown = false;
    let screen = await this.dismiss();
    if (screen.toasts.some(({ isProgress }) => !isProgress)) {
      await this.closeNotifications();
      screen = await this.screen();
    }
    this.tabsBefore = screen.tabs;
    // A slow tree may reveal a row only now.
    if (this.lastScreen !== undefined) this.noticeReveal(this.lastScreen, screen);
    this.isHighlightKnown = false;
    return screen;
  }

  get doing(): string {
    return this.notes.join(', ');
  }

  /** Whether an error is expected: servers fail or did recently, or a conversation was deleted. */
  hasReason(error: string): boolean {
    return (
      this.world.isTroubled ||
      this.quietActions < actionsUntilQuiet ||
      (error.includes('404') && this.world.accounts.some(({ deleted }) => deleted > 0))
    );
  }

  /** Detects a highlight that changed although the action didn't touch the tree. */
  noticeReveal(before: Screen, after: Screen): void {
    const findHighlight = ({ rows = [] }: Screen): string | undefined => {
      const [one, another] = rows.filter(({ selected }) => selected);
      return another === undefined ? one?.label : undefined;
    };
    this.lastScreen = after;
    const [old, now] = [findHighlight(before), findHighlight(after)];
    if (!this.isHighlightKnown && old !== undefined && now !== undefined && old !== now)
      this.highlight = 'from elsewhere';
  }

  newLogErrors(): Promise<string[]> {
    return this.logs.newErrors();
  }

  /** Waits until the screen no longer changes, and returns it. */
  async settle(): Promise<Screen> {
    let before = '';
    let same = 0;
    for (let screens = 0; ; screens += 1) {
      await this.host.answers();
      const screen = await this.screen();
      const now = JSON.stringify(screen);
      same = now === before && (this.world.isSlow || !this.world.isAnswering) ? same + 1 : 0;
      if (same >= minEqualScreens || screens >= maxScreens) return screen;
      before = now;
      await pause(pauseMs);
    }
  }

  private countTroubledActions(): void {
    this.troubledActions = this.world.isTroubled ? this.troubledActions + 1 : 0;
    this.quietActions = this.world.isTroubled ? 0 : this.quietActions + 1;
    if (this.troubledActions > maxTroubledActions) this.world.recover();
  }

  private async closeNotifications(): Promise<void> {
    const toasts = this.page.locator('.notifications-toasts .notification-list-item');
    const toast = toasts.filter({ hasNot: this.page.locator('.monaco-progress-container.active') }).first();
    for (let closed = 0; closed < 5 && (await toast.count()) > 0; closed += 1) {
      // It can disappear by itself.
      await toast.hover({ timeout: 1000 }).catch(() => undefined);
      await toast
        .locator('.codicon-notifications-clear')
        .click({ timeout: 1000 })
        .catch(() => undefined);
    }
  }

  /** Closes questions and quick inputs. @returns the screen after that */
  private async dismiss(): Promise<Screen> {
    for (let tries = 0; tries < 10; tries += 1) {
      const screen = await this.screen();
      if (screen.dialog === undefined && !screen.hasQuickInput) return screen;
      await this.page.keyboard.press('Escape');
      await this.settle();
    }
    assert.fail('A question or quick input does not close with Escape.');
  }

  /** Adds to the report of the running action. */
  note(text: string): void {
    this.notes.push(text);
  }

  /** Runs a command from the palette. @param name its ID without the prefix @returns whether the palette lists it */
  run(name: string): Promise<boolean> {
    return this.runTitle(paletteTitle(name));
  }

  async runTitle(title: string): Promise<boolean> {
    const isOffered = await this.workbench.quick.runIfOffered(title);
    if (!isOffered) this.note('not offered');
    return isOffered;
  }

  /** Chooses a row of the open quick pick. @returns its label; undefined if there is no such pick or row */
  async pick(at: number): Promise<string | undefined> {
    const label = choose(await this.picks(), at);
    if (label === undefined) return undefined;
    this.note(label);
    await this.workbench.quick.choose(label);
    await this.settle();
    return label;
  }

  async picks(): Promise<readonly string[]> {
    const { hasQuickInput } = await this.settle();
    return hasQuickInput ? (await this.workbench.quick.rows()).map(({ label }) => label) : [];
  }

  /** Types into the open quick input. @returns whether there is one */
  async type(text: string): Promise<boolean> {
    const { hasQuickInput } = await this.settle();
    if (hasQuickInput) await this.workbench.quick.type(text);
    return hasQuickInput;
  }

  async submit(text: string): Promise<void> {
    this.note(text);
    if (await this.type(text)) await this.workbench.quick.accept();
    await this.settle();
  }

  /**
   * Waits for a modal question, or for a notification that explains why there is none. A slow server may delay it, so
   * the wait is limited.
   */
  async awaitQuestion(): Promise<void> {
    for (let screens = 0; screens < maxScreens; screens += 1) {
      const { dialog, toasts } = await this.screen();
      const notification = toasts.find(({ isProgress }) => !isProgress);
      if (notification !== undefined) this.note(notification.message);
      if (dialog !== undefined || notification !== undefined) return;
      await this.host.answers();
      await pause(pauseMs);
    }
  }

  async answerQuestion(agrees: boolean): Promise<void> {
    const { dialog } = await this.settle();
    if (dialog === undefined) return;
    this.note(agrees ? 'agreed' : 'refused');
    if (agrees) await this.page.locator('.monaco-dialog-box .monaco-button').first().click();
    else await this.page.keyboard.press('Escape');
    await this.settle();
  }

  async click({ point }: Row, modifiers: readonly ('Control' | 'Shift')[] = []): Promise<void> {
    if (point === undefined) return;
    for (const key of modifiers) await this.page.keyboard.down(key);
    await this.page.mouse.click(point.x, point.y);
    for (const key of modifiers) await this.page.keyboard.up(key);
  }

  /** @returns whether there is a tree to focus */
  async focusTree(): Promise<boolean> {
    const { rows } = await this.screen();
    if (rows === undefined || rows.length === 0) return false;
    await this.workbench.tree.focus();
    return true;
  }

  /** Returns the ID of a row's conversation; undefined for other rows. */
  idOf({ label, expanded }: Pick<Row, 'label' | 'expanded'>): string | undefined {
    return expanded === undefined ? this.account.idOf(label) : undefined;
  }

  /** Records that the action opened this row's conversation, if it has one. */
  async opensRow(row: Pick<Row, 'label' | 'expanded'>): Promise<void> {
    const id = this.idOf(row);
    this.highlight = id === undefined ? 'moved on' : 'by hand';
    if (id !== undefined) await this.opens(id, true);
  }

  /**
   * Records that the action opened this conversation: the panel must show it, in its latest version unless a tab
   * already had it.
   */
  async opens(id: string, byRow = false): Promise<void> {
    this.opened = { id, byRow };
    if (!this.tabsBefore.some((tab) => tab.includes(id.slice(0, 8)))) {
      this.fresh = { id, version: this.account.versionsOf(id).length - 1 };
    }
    await this.settle();
  }

  /** Records that the action revealed this conversation. The highlight stays if the tree has no row for it. */
  async reveals(id: string | undefined): Promise<void> {
    const selected = (await this.settle()).rows?.filter((row) => row.selected) ?? [];
    const isRevealed = selected.length === 1 && selected.every((row) => this.idOf(row) === id);
    if (id !== undefined && isRevealed) this.highlight = 'from elsewhere';
  }

  async showsView(): Promise<void> {
    await this.workbench.openContainer();
  }

  /** The account that has, or had, a conversation. */
  accountOf(id: string): Account | undefined {
    return this.world.accounts.find((account) => account.versionsOf(id).length > 0);
  }

  async reload(): Promise<void> {
    await this.window.reload();
    await this.workbench.containerIcon.waitFor();
    for (const { server } of this.world.accounts) server.forgetRequests();
    await this.workbench.openContainer();
    await this.settle();
    this.highlight = 'moved on';
    // VS Code stores its state with a delay: after a reload right after a switch, the previous account may be current.
    const index = this.world.accounts.findIndex(({ server }) => server.requests.length > 0);
    if (index >= 0) this.current = index;
  }

  /** Closes and clears everything. @returns the used heap after that, in bytes */
  async putAway(): Promise<number> {
    await this.begin();
    this.world.recover();
    await this.runTitle('View: Close All Editors');
    await this.run('clearSearch');
    await this.settle();
    return this.host.heapUsedBytes();
  }

  async dispose(): Promise<void> {
    this.world.recover();
    await this.window.dispose();
    await this.world.close();
  }

  screenshot(name: string): Promise<string> {
    return this.window.screenshot(name);
  }
}
