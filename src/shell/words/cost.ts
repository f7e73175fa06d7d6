import type { Conversation } from '../../core/model/conversation';
import { costAmount, costDigits } from '../../core/text/cost';
import { visible } from '../../core/text/label';

/** "$0.0045", with the digits that the server sent; undefined where nothing was charged or nothing sensible sent. */
export function costWords(cost: Conversation['totalCost']): string | undefined {
  const digits = costDigits(cost);
  return digits === undefined || costAmount(cost) === 0 ? undefined : dollars(digits);
}

/** "$0.0045", also where it is nothing. */
export function dollars(digits: string): string {
  const written = visible(digits).trim();
  return written.startsWith('-') ? `-$${written.slice(1)}` : `$${written}`;
}
