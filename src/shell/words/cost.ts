import type { Conversation } from '../../core/model/conversation';
import { costAmount, formatDollars } from '../../core/text/cost';

/** "$0.0045"; undefined where nothing was charged or nothing sensible sent. */
export function costWords(cost: Conversation['totalCost']): string | undefined {
  return cost === undefined || costAmount(cost) === 0 ? undefined : formatDollars(cost);
}
