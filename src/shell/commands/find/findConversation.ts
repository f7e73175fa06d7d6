import * as vscode from 'vscode';
import { commands } from '../../../manifest';
import { keepOrder } from '../quickPick';
import type { FindDeps } from './deps';
import { findItems, type FindDoes, type FindItem } from './findItems';

/**
 * `Find Conversation…`: searches the loaded rows here rather than in VS Code's own filter, which knows neither variables
 * nor accents, and grows slow with many items.
 */
export function createFindConversation(deps: FindDeps): () => Promise<void> {
  return async () => {
    if ((await deps.api()) === undefined) {
      await vscode.commands.executeCommand(commands.setApiKey);
      return;
    }
    const id = await askForConversation(deps);
    if (id !== undefined) await deps.open(id);
  };
}

function askForConversation(deps: FindDeps): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<FindItem>();
  pick.title = vscode.l10n.t('Find Conversation');
  pick.placeholder = vscode.l10n.t('Type part of an ID, assistant, customer, variable, or note');
  pick.matchOnDescription = false;
  pick.matchOnDetail = false;
  keepOrder(pick);
  let searching = new AbortController();
  /** Shows what is found, unless another search has followed by then. @returns whether that will be later */
  const search = (show: (items: readonly FindItem[]) => void): boolean => {
    searching.abort();
    searching = new AbortController();
    const [snapshot, newest, lists] = [deps.snapshot(), deps.newest(), deps.lists()];
    const reading = { zone: deps.zone(), now: deps.now() };
    const found = findItems(
      { snapshot, newest, lists, typed: pick.value, loading: pick.busy, reading, noteOf: (row) => deps.noteOf(row) },
      searching.signal,
    );
    if (found instanceof Promise) void found.then((items) => items && show(items));
    else show(found);
    return found instanceof Promise;
  };
  const show = (): void => {
    const isLater = search((items) => (pick.items = items));
    // What was found for other words must not be taken for what is found for these.
    if (isLater) pick.items = [];
  };
  const showAgain = (): void => {
    search((items) => {
      const active = pick.activeItems[0]?.does;
      pick.keepScrollPosition = true;
      pick.items = items;
      // While the scroll position is kept, VS Code makes no item active by itself.
      const choices = pick.items.filter(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
      pick.activeItems = choices.filter(({ does }) => isSame(does, active)).slice(0, 1);
      if (pick.activeItems.length === 0) pick.activeItems = choices.slice(0, 1);
      pick.keepScrollPosition = false;
    });
  };
  return new Promise((resolve, reject) => {
    const answer = (id: string | undefined): void => {
      resolve(id);
      searching.abort();
      listening.dispose();
      pick.dispose();
    };
    const load = async (read: () => Promise<void> | Thenable<void>): Promise<void> => {
      if (pick.busy) return;
      pick.busy = true;
      try {
        await read();
      } finally {
        pick.busy = false;
        if (!searching.signal.aborted) showAgain();
      }
    };
    const take = (does: FindDoes): void => {
      switch (does.kind) {
        case 'open':
          return answer(does.id);
        case 'loadMore':
          return void load(() => deps.loadMore()).catch(reject);
        case 'loadAll':
          return void load(() => deps.loadAll()).catch(reject);
        case 'nothing':
          return;
      }
    };
    const listening = vscode.Disposable.from(
      deps.onDidChangeSnapshot(showAgain),
      pick.onDidChangeValue(show),
      pick.onDidTriggerItemButton(({ item: { does } }) => {
        if (does.kind === 'open') void copyId(does.id).catch(reject);
      }),
      pick.onDidAccept(() => {
        const item = pick.selectedItems[0] ?? pick.activeItems[0];
        if (item !== undefined) take(item.does);
      }),
      pick.onDidHide(() => answer(undefined)),
    );
    if (!deps.lists().some((key) => deps.snapshot().lists.get(key)?.read === true))
      void load(() => deps.loadFirst()).catch(reject);
    show();
    pick.show();
  });
}

async function copyId(id: string): Promise<void> {
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied 1 conversation ID'), 4000);
}

function isSame(one: FindDoes, other: FindDoes | undefined): boolean {
  if (one.kind === 'open' && other?.kind === 'open') return one.id === other.id;
  return one.kind === other?.kind;
}
