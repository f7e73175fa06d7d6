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

/** How far the clocks go on with each action, in milliseconds: past what the extension may send in a minute. */
const timePerActionMs = 61_000;

/** A server's trouble ends by itself after so many actions. */
const maxTroubledActions = 6;
/** What failed may be reported so many actions later. */
const actionsUntilQuiet = 4;

/** The screen counts as settled when it was the same for so many looks, each after an answer of the extension host. */
const minEqualScreens = 3;
const pauseMs = 40;
/** What goes on for longer (a server that is held back, a search) isn't waited for: so many looks at most. */
const maxScreens = 60;

type Highlight = 'by hand' | 'from elsewhere' | 'moved on';

/** The window that actions act on, what they know of it, and what the servers hold. */
export class Monkey {
  readonly workbench: Workbench;
  readonly page;
  readonly panel: Panel;
  /** Index of the current account. */
  current = 0;
  /**
   * How the highlighted row came to be. Selected by hand in the tree, it has the focus. Revealed from elsewhere, it gets the focus with
   * the next key in the tree. Keys that moved on leave it behind.
   */
  get highlight(): Highlight {
    return this.highlighted;
  }
  set highlight(highlight: Highlight) {
    this.highlighted = highlight;
    this.isHighlightKnown = true;
  }
  /** The conversation that the last action opened. */
  opened: string | undefined;
  /** The conversation that was loaded last, and which of its versions was the latest then. */
  fresh: { readonly id: string; readonly version: number } | undefined;
  private highlighted: Highlight = 'moved on';
  /** Whether the running action has said how the highlighted row came to be. */
  private isHighlightKnown = false;
  private tabsBefore: readonly string[] = [];
  /** What the running action does, in a few words. */
  private notes: string[] = [];
  private troubledActions = 0;
  /** Actions since the servers were last in trouble. */
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
    this.panel = new Panel(window.page);
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

  /** To be called before each action: time passes, and what still waits for an answer is closed. @returns what is on the screen */
  async begin(): Promise<Screen> {
    this.opened = undefined;
    this.notes = [];
    this.countTroubledActions();
    this.world.advance(timePerActionMs);
    await this.host.advance(timePerActionMs);
    let screen = await this.dismiss();
    if (screen.toasts.some(({ isProgress }) => !isProgress)) {
      await this.closeNotifications();
      screen = await this.screen();
    }
    this.tabsBefore = screen.tabs;
    this.isHighlightKnown = false;
    return screen;
  }

  /** What the running action has done so far. */
  get doing(): string {
    return this.notes.join(', ');
  }

  /** Whether an error has a reason: the servers fail, or did so a moment ago, or what it tells of was deleted. */
  hasReason(error: string): boolean {
    return (
      this.world.isTroubled ||
      this.quietActions < actionsUntilQuiet ||
      (error.includes('404') && this.world.accounts.some(({ deleted }) => deleted > 0))
    );
  }

  /** Notes that another row is highlighted than before the action, though nobody touched the tree. */
  noticeReveal(before: Screen, after: Screen): void {
    const findHighlight = ({ rows = [] }: Screen): string | undefined => {
      const [one, another] = rows.filter(({ selected }) => selected);
      return another === undefined ? one?.label : undefined;
    };
    const [old, now] = [findHighlight(before), findHighlight(after)];
    if (!this.isHighlightKnown && old !== undefined && now !== undefined && old !== now)
      this.highlight = 'from elsewhere';
  }

  newLogErrors(): Promise<string[]> {
    return this.logs.newErrors();
  }

  /** Waits until nothing changes on the screen any more, and gives what is there. */
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
      // It may go by itself meanwhile.
      await toast.hover({ timeout: 1000 }).catch(() => undefined);
      await toast
        .locator('.codicon-notifications-clear')
        .click({ timeout: 1000 })
        .catch(() => undefined);
    }
  }

  /** Closes what still waits for an answer of the person. @returns what is on the screen then */
  private async dismiss(): Promise<Screen> {
    for (let tries = 0; tries < 10; tries += 1) {
      const screen = await this.screen();
      if (screen.dialog === undefined && !screen.hasQuickInput) return screen;
      await this.page.keyboard.press('Escape');
      await this.settle();
    }
    assert.fail('A question or quick input does not close with Escape.');
  }

  /** Adds to what the report says of the running action. */
  note(text: string): void {
    this.notes.push(text);
  }

  /** Runs a command of the extension from the palette. @param name its ID without the prefix @returns whether the palette offers it */
  run(name: string): Promise<boolean> {
    return this.runTitle(paletteTitle(name));
  }

  async runTitle(title: string): Promise<boolean> {
    const isOffered = await this.workbench.quick.runIfOffered(title);
    if (!isOffered) this.note('not offered');
    return isOffered;
  }

  /** Takes a row of the open quick pick. @returns its label; undefined if there is no such pick or row */
  async pick(at: number): Promise<string | undefined> {
    const label = choose(await this.picks(), at);
    if (label === undefined) return undefined;
    this.note(label);
    await this.workbench.quick.choose(label);
    await this.settle();
    return label;
  }

  /** Labels of the rows of the open quick pick; none if there is no such pick. */
  async picks(): Promise<readonly string[]> {
    const { hasQuickInput } = await this.settle();
    return hasQuickInput ? (await this.workbench.quick.rows()).map(({ label }) => label) : [];
  }

  /** Types into the open quick input, if there is one. @returns whether there is */
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

  /** Waits for a modal question, or for a notification that says why there is none. Stops waiting after a while: a server may be slow. */
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

  /** Answers the modal question on the screen, if there is one. */
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

  /** Gives the tree the keyboard. @returns whether there is one to give it to */
  async focusTree(): Promise<boolean> {
    const { rows } = await this.screen();
    if (rows === undefined || rows.length === 0) return false;
    await this.workbench.tree.focus();
    return true;
  }

  /** The ID of the conversation that a row stands for; undefined for other rows. */
  idOf({ label, expanded }: Pick<Row, 'label' | 'expanded'>): string | undefined {
    return expanded === undefined ? this.account.idOf(label) : undefined;
  }

  /** Notes that the action has opened this conversation: the panel must show it, and as it is now unless a tab had it before. */
  async opens(id: string | undefined, from: Highlight = 'by hand'): Promise<void> {
    this.opened = id;
    this.highlight = id === undefined ? 'moved on' : from;
    if (id !== undefined && !this.tabsBefore.some((tab) => tab.includes(id.slice(0, 8)))) {
      this.fresh = { id, version: this.account.versionsOf(id).length - 1 };
    }
    await this.settle();
  }

  async showsView(): Promise<void> {
    await this.workbench.openContainer();
  }

  /** The account that holds, or has held, a conversation. */
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
    // VS Code writes what it remembers a moment later: right after a switch it may come back with the account of before.
    const index = this.world.accounts.findIndex(({ server }) => server.requests.length > 0);
    if (index >= 0) this.current = index;
  }

  /** Closes and clears everything. @returns the heap that is in use then, in bytes */
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
