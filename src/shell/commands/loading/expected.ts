import { l10n, window } from 'vscode';
import { expectedMinutes } from '../../../core/api/expectedMinutes';
import { defaultRateLimits } from '../../../core/api/rateGate';
import type { ListKey, ListSnapshot } from '../../../core/store/snapshot';
import type { TreeModel } from '../../../core/view/treeModel';
import { minutesWords } from '../../words/minutes';

export interface Unread {
  /** Conversations that the server counts and that were not read, in the lists whose number is known. */
  readonly conversations: number;
  /** Whether that is the number of them all. */
  readonly exact: boolean;
}

/** What the lists have that was not read yet. */
export function unreadIn(keys: readonly ListKey[], list: TreeModel['list']): Unread {
  const unread = keys.map((key) => unreadOf(list(key)));
  return {
    conversations: unread.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    exact: !unread.includes(undefined),
  };
}

function unreadOf(list: ListSnapshot | undefined): number | undefined {
  if (list?.read === true && !list.hasMore) return 0;
  return list?.total === undefined ? undefined : Math.max(0, list.total - list.loaded);
}

/** How long it takes to read that many conversations, by the budget of requests alone. */
export function minutesFor(conversations: number): number {
  return expectedMinutes({ conversations, listed: true, transcripts: false }, defaultRateLimits.budget);
}

/** Where it takes minutes: says so, and asks. */
export async function askToTakeMinutes({ conversations, exact }: Unread): Promise<boolean> {
  const minutes = minutesFor(conversations);
  if (minutes < 1) return true;
  const { budget } = defaultRateLimits;
  const go = l10n.t('Load All');
  const time = exact
    ? l10n.t('That takes {0}: 100 conversations a request, {1} requests a minute.', minutesWords(minutes), budget)
    : l10n.t('That takes {0} or more, as not every list has told its number: 100 conversations a request, {1} requests a minute.', minutesWords(minutes), budget);
  const detail = [time, l10n.t('You can go on working meanwhile, and stop it: what came stays.')].join('\n');
  return (await window.showInformationMessage(l10n.t('Load {0} more conversations?', conversations), { modal: true, detail }, go)) === go;
}
