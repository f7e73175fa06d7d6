import { l10n } from 'vscode';
import type { RateLimitWait } from '../../core/api/api';
import { defaultRateLimits } from '../../core/api/rateLimits';
import { assertNever } from '../../core/util/assertNever';
import { clockTime } from './time';

/** Why requests wait, and until when. */
export function waitingWords({ cause, until }: RateLimitWait): string {
  switch (cause) {
    case 'ownBudget':
      return l10n.t(
        'Pausing to stay under {0} requests per minute, resuming at {1}',
        defaultRateLimits.budget,
        clockTime(until),
      );
    case 'rateLimit':
      return l10n.t('Rate limit reached, resuming at {0}', clockTime(until));
    case 'unavailable':
      return l10n.t('Server unavailable, resuming at {0}', clockTime(until));
    default:
      return assertNever(cause);
  }
}
