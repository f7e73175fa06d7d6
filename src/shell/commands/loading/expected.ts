import { l10n } from 'vscode';
import { expectedMinutes } from '../../../core/api/expectedMinutes';
import { defaultRateLimits } from '../../../core/api/rateGate';
import type { Unread } from '../../notLoaded';
import { minutesWords } from '../../words/minutes';
import { notify } from '../../notify';

/** How long it takes to read that many conversations, by the budget of requests alone. */
export function minutesFor(conversations: number): number {
  return expectedMinutes({ conversations, listed: true, transcripts: false }, defaultRateLimits.budget);
}

/** Where it takes minutes: says so, and asks. */
export async function askToTakeMinutes({ count, atLeast }: Unread): Promise<boolean> {
  const minutes = minutesFor(atLeast);
  if (minutes < 1) return true;
  const { budget } = defaultRateLimits;
  const go = l10n.t('Load All');
  const time = count === atLeast
    ? l10n.t('That takes {0}: 100 conversations a request, {1} requests a minute.', minutesWords(minutes), budget)
    : l10n.t('That takes {0} or more, as not every list has told its number: 100 conversations a request, {1} requests a minute.', minutesWords(minutes), budget);
  const detail = [time, l10n.t('You can go on working meanwhile, and stop it: what came stays.')].join('\n');
  return (await notify.info(l10n.t('Load {0} more conversations?', atLeast), { modal: true, detail }, go)) === go;
}
