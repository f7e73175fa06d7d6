import * as vscode from 'vscode';
import { isCanceled } from '../../../core/api/errors';
import type { Assistant } from '../../../core/model/conversation';
import type { Filter } from '../../../core/model/query';
import { withPart } from '../../../core/view/filter';
import {
  type FilterVocabulary,
  formatFilterLine,
  type ParsedLine,
  parseFilterLine,
} from '../../../core/view/filterLine';
import { settleWithin } from '../../../core/util/timeout';
import { commands } from '../../../manifest';
import type { App } from '../../app';
import { keepOrder } from '../quickPick';
import { offerToRemoveAssistant } from '../savedFilters';
import { loadAssistantList } from './assistantStep';
import { type Action, type BoxItem, createItems, type FilterPart } from './filterItems';
import { createVocabulary } from './vocabulary';

/** A slow server delays a filter no longer than this. */
const maxListingWaitMs = 2000;

/**
 * Asks for a filter line, prefilled with the current filter, and applies it.
 * @param returning the part that a step just changed
 * @returns the part to ask for in a step, or undefined if the user is done
 */
export function askForFilter(app: App, returning: FilterPart | undefined): Promise<FilterPart | undefined> {
  return new FilterBox(app).ask(returning);
}

class FilterBox {
  private readonly pick = vscode.window.createQuickPick<BoxItem>();
  private readonly closed = new AbortController();
  /** The line of the current filter. */
  private current: string;
  private listed: readonly Assistant[] = [];
  private vocabulary: FilterVocabulary;

  constructor(private readonly app: App) {
    this.current = toLine(app.viewState.filter);
    this.vocabulary = createVocabulary(app, this.listed);
    this.pick.title = vscode.l10n.t('Filter Conversations');
    this.pick.placeholder = vscode.l10n.t('Type a filter, such as {0}, or select what to filter by', 'test last:7d');
    keepOrder(this.pick);
    // The rows in the view change with each step, and VS Code may focus them.
    this.pick.ignoreFocusOut = true;
  }

  ask(returning: FilterPart | undefined): Promise<FilterPart | undefined> {
    const { pick, app } = this;
    const listing = this.loadAssistants();
    return new Promise((resolve, reject) => {
      const close = (part?: FilterPart): void => {
        resolve(part);
        this.closed.abort();
        listening.dispose();
        pick.dispose();
      };
      const run = (work: Promise<unknown>): void => void work.catch(reject);
      const listening = vscode.Disposable.from(
        app.viewState.onDidChange(() => this.showCurrent()),
        app.store.onDidChange(() => this.refresh()),
        pick.onDidChangeValue(() => this.show()),
        pick.onDidTriggerItemButton(({ item: { action } }) => {
          if (action?.kind === 'change') run(this.set(withPart(app.viewState.filter, action.part, undefined)));
        }),
        pick.onDidAccept(() => {
          const action = (pick.selectedItems[0] ?? pick.activeItems[0])?.action;
          if (action !== undefined) run(this.accept(action, listing, close));
        }),
        pick.onDidHide(() => close()),
      );
      pick.show();
      // VS Code selects a value that is set before the box opens, so that typing would replace it. Setting an empty one
      // afterwards would remove the first letters of a fast typist.
      if (this.current !== '') pick.value = this.current;
      this.show();
      // VS Code sends changes of a visible box later, but sends them immediately if it's shown again. Without this, the
      // value could arrive after the first letters and replace them.
      pick.show();
      if (returning !== undefined) this.activate((action) => action.kind === 'change' && action.part === returning);
    });
  }

  private async accept(action: Action, listing: Promise<void>, close: (part?: FilterPart) => void): Promise<void> {
    switch (action.kind) {
      case 'extend':
        this.pick.value = action.line;
        return this.show();
      case 'hint':
        return;
      case 'applyLine': {
        // A word may be the name of an assistant that isn't loaded yet.
        if (this.parse().filter.text !== undefined) await settleWithin(maxListingWaitMs, listing);
        if (this.closed.signal.aborted) return;
        const { filter } = this.parse();
        close();
        return this.applyAndRemember(filter);
      }
      case 'checkCalls':
        close();
        await this.applyAndRemember(action.filter);
        return void (await vscode.commands.executeCommand(commands.checkFailures));
      case 'apply':
        close();
        return this.applyAndRemember(action.filter);
      case 'change': {
        const { filter, problems } = this.parse();
        const isTyped = this.pick.value.trim() !== this.current.trim();
        if (isTyped && problems.length === 0) await this.set(filter);
        return close(action.part);
      }
      case 'clear':
        return this.set({});
      case 'close':
        return close();
      case 'run':
        close();
        await vscode.commands.executeCommand(action.command);
    }
  }

  private async applyAndRemember(filter: Filter): Promise<void> {
    await this.set(filter);
    await this.app.viewState.rememberFilter(filter);
    await offerToRemoveAssistant(this.app, filter);
  }

  private parse(): ParsedLine {
    return parseFilterLine(this.pick.value, this.vocabulary);
  }

  private set(filter: Filter): Promise<void> {
    return this.app.viewState.setFilter(filter);
  }

  /** If the request fails, only the assistants of loaded rows are known; the assistant's own step shows why. */
  private async loadAssistants(): Promise<void> {
    this.pick.busy = true;
    try {
      this.listed = await loadAssistantList(this.app, this.closed.signal);
    } catch (error) {
      if (isCanceled(error)) return;
    }
    if (this.closed.signal.aborted) return;
    this.pick.busy = false;
    this.refresh();
  }

  /** A part was cleared: what the user typed stays. */
  private showCurrent(): void {
    const wasTyped = this.pick.value.trim() !== this.current.trim();
    this.current = toLine(this.app.viewState.filter);
    if (!wasTyped) this.pick.value = this.current;
    this.refresh();
  }

  private show(): void {
    this.pick.items = createItems(this.app, this.vocabulary, this.pick.value, this.current);
  }

  /** Shows new counts and names with the same item active. */
  private refresh(): void {
    this.vocabulary = createVocabulary(this.app, this.listed);
    const active = JSON.stringify(this.pick.activeItems[0]?.action);
    this.show();
    this.activate((action) => JSON.stringify(action) === active);
  }

  private activate(isWanted: (action: Action) => boolean): void {
    const wanted = this.pick.items.find(({ action }) => action !== undefined && isWanted(action));
    if (wanted !== undefined) this.pick.activeItems = [wanted];
  }
}

/** Ends with a space, so that the next term can be typed. */
function toLine(filter: Filter): string {
  const line = formatFilterLine(filter);
  return line === '' ? '' : `${line} `;
}
