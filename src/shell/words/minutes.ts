import { l10n } from 'vscode';

/** "about 12 minutes" */
export function minutesWords(minutes: number): string {
  if (minutes < 1) return l10n.t('less than a minute');
  if (minutes === 1) return l10n.t('about a minute');
  if (minutes <= 90) return l10n.t('about {0} minutes', minutes);
  return l10n.t('about {0} hours', Math.round(minutes / 60));
}

/** "120 of 600 · about 9 minutes left"; only the count where less than a minute is left. @param minutesLeft undefined where nobody knows */
export function withMinutesLeft(count: string, minutesLeft: number | undefined): string {
  return minutesLeft === undefined || minutesLeft < 1
    ? count
    : l10n.t('{0} · {1} left', count, minutesWords(minutesLeft));
}
