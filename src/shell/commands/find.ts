import * as vscode from 'vscode';
import { commands } from '../../manifest';
import type { App } from '../app';
import { type FindAction, type FindItem, findItems } from './findItems';
import { copyConversationIds } from '../copyId';
import { countNotLoaded } from '../notLoaded';
import { apiOf } from '../session/state';
import { searchLoading } from './loading';
import { showAndReveal } from './panel';
import { keepOrder } from './quickPick';

export const handlers = { [commands.findConversation]: findConversation };

type Purpose = 'open' | 'copyId';

async function findConversation(app: App): Promise<void> {
  const id = await askForConversation(app, 'open');
  if (id !== undefined) await showAndReveal(app, id);
}

/** Copies the ID of the conversation that the user selects. */
export async function findAndCopyId(app: App): Promise<void> {
  const id = await askForConversation(app, 'copyId');
  if (id !== undefined) await copyConversationIds([id]);
}

async function askForConversation(app: App, purpose: Purpose): Promise<string | undefined> {
  if ((await app.api()) !== undefined) return pickConversation(app, purpose);
  await vscode.commands.executeCommand(commands.setApiKey);
  return undefined;
}

/** VS Code's own quick pick filter ignores variables and accents, and is slow with many items. */
function pickConversation(app: App, purpose: Purpose): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<FindItem>();
  pick.title = purpose === 'open' ? vscode.l10n.t('Find Conversation') : vscode.l10n.t('Copy Conversation ID');
  pick.placeholder = vscode.l10n.t('Type part of an ID, assistant, customer, variable, or note');
  pick.matchOnDescription = false;
  pick.matchOnDetail = false;
  keepOrder(pick);
  const opened = findOpened(app, purpose);
  let searching = new AbortController();
  /** Shows the matches unless a newer search has started. @returns whether they come asynchronously */
  const search = (show: (items: readonly FindItem[]) => void): boolean => {
    searching.abort();
    searching = new AbortController();
    const [snapshot, newest, lists] = [app.store.snapshot, app.model.newest, app.model.lists];
    const hasUnread = countNotLoaded(app.model).any;
    const reading = app.clock();
    const found = findItems(
      {
        snapshot,
        newest,
        opened,
        canOpenById: purpose === 'open',
        lists,
        hasUnread,
        typed: pick.value,
        loading: pick.busy,
        reading,
        noteOf: (row) => app.labels.ofRow(row)?.note,
      },
      searching.signal,
    );
    if (found instanceof Promise) void found.then((items) => items && show(items));
    else show(found);
    return found instanceof Promise;
  };
  const show = (): void => {
    const isLater = search((items) => (pick.items = items));
    // The old matches must not look like matches of the new text.
    if (isLater) pick.items = [];
  };
  const showAgain = (): void => {
    search((items) => {
      const active = pick.activeItems[0]?.does;
      pick.keepScrollPosition = true;
      pick.items = items;
      // VS Code activates no item if `keepScrollPosition` is set.
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
      refreshing.abort();
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
    const take = (does: FindAction): void => {
      switch (does.kind) {
        case 'open':
          return answer(does.id);
        case 'loadMore':
          return void load(() => searchLoading.more(app)).catch(reject);
        case 'loadAll':
          return void load(() => searchLoading.all(app)).catch(reject);
        case 'nothing':
          return;
      }
    };
    const listening = vscode.Disposable.from(
      app.store.onDidChange(showAgain),
      pick.onDidChangeValue(show),
      pick.onDidTriggerItemButton(({ item: { does } }) => {
        if (does.kind === 'open') void copyConversationIds([does.id]).catch(reject);
      }),
      pick.onDidAccept(() => {
        const item = pick.selectedItems[0] ?? pick.activeItems[0];
        if (item !== undefined) take(item.does);
      }),
      pick.onDidHide(() => answer(undefined)),
    );
    if (!app.model.lists.some((key) => app.store.snapshot.lists.get(key)?.read === true))
      void load(() => searchLoading.loadFirst(app)).catch(reject);
    const refreshing = refreshQuietly(app);
    show();
    pick.show();
  });
}

/** Loads new and changed rows with low priority and without reporting failures. Aborted when the user has selected one. */
function refreshQuietly({ model, store }: App): AbortController {
  const refreshing = new AbortController();
  for (const key of model.lists) if (model.list(key)?.read === true) void store.poll(key, refreshing.signal);
  return refreshing;
}

/** IDs of opened conversations, the latest first. Going to the visible one would do nothing. */
function findOpened({ recent, session, details }: App, purpose: Purpose): readonly string[] {
  const ids = recent.listIds(apiOf(session.state)?.origin);
  return purpose === 'open' ? ids.filter((id) => id !== details.active?.id) : ids;
}

function isSame(one: FindAction, other: FindAction | undefined): boolean {
  if (one.kind === 'open' && other?.kind === 'open') return one.id === other.id;
  return one.kind === other?.kind;
}
