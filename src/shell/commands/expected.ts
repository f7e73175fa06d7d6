import { l10n } from 'vscode';
import { backgroundBudget, estimateMinutes } from '../../core/api/rateLimits';
import type { Unread } from '../notLoaded';
import { notify } from '../notify';
import { formatMinutes } from '../format/counts';

/** Estimates from the request budget alone how long listing this many conversations takes. */
export function estimateListMinutes(conversations: number): number {
  return estimateMinutes({ conversations, includesList: true, includesTranscripts: false }, backgroundBudget);
}

export interface LongLoadQuestion {
  readonly question: string;
  /** Label of the button that starts loading. */
  readonly go: string;
  /** Sentence about what happens to the loaded rows if the user stops. */
  readonly stopping: string;
}

/** Asks the user to confirm if loading takes a minute or longer. */
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
