import { l10n } from 'vscode';
import { plural } from './language';

/** "about 12 minutes" */
export function minutesWords(minutes: number): string {
  if (minutes < 1) return l10n.t('less than a minute');
  if (minutes <= 90) return plural(minutes, 'about a minute', 'about {0} minutes');
  return plural(Math.round(minutes / 60), 'about 1 hour', 'about {0} hours');
}

/** "120 of 600 · about 9 minutes left"; only the count where less than a minute is left. @param minutesLeft undefined where nobody knows */
export function withMinutesLeft(count: string, minutesLeft: number | undefined): string {
  return minutesLeft === undefined || minutesLeft < 1
    ? count
    : l10n.t('{0} · {1} left', count, minutesWords(minutesLeft));
}
