import { l10n } from 'vscode';
import { backgroundBudget, estimateMinutes } from '../../core/api/rateLimits';
import type { Unread } from '../notLoaded';
import { notify } from '../notify';
import { formatMinutes } from '../format/counts';

/** How long it takes to read that many conversations, by the budget of requests alone. */
export function estimateListMinutes(conversations: number): number {
  return estimateMinutes({ conversations, includesList: true, includesTranscripts: false }, backgroundBudget);
}

export interface LongLoadQuestion {
  readonly question: string;
  /** What the button says that begins it. */
  readonly go: string;
  /** What becomes of it where it is stopped. */
  readonly stopping: string;
}

/** Where it takes minutes: says so, and asks. */
export async function confirmLongLoad(
  { count, atLeast }: Pick<Unread, 'count' | 'atLeast'>,
  { question, go, stopping }: LongLoadQuestion,
): Promise<boolean> {
  const minutes = estimateListMinutes(atLeast);
  if (minutes < 1) return true;
  const time =
    count === atLeast
      ? l10n.t(
          'This takes {0}, at {1} requests per minute with 100 conversations each.',
          formatMinutes(minutes),
          backgroundBudget,
        )
      : l10n.t(
          "This takes {0} or longer, at {1} requests per minute with 100 conversations each. The server doesn't report every total.",
          formatMinutes(minutes),
          backgroundBudget,
        );
  const detail = [time, stopping].join('\n');
  return (await notify.info(question, { modal: true, detail }, go)) === go;
}
