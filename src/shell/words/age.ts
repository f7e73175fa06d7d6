import * as vscode from 'vscode';
import type { Age } from '../../core/text/time';
import { assertNever } from '../../core/util/assertNever';
import { knownLocale, plural } from './language';

/**
 * How long ago, in the few shapes that are shown everywhere: "now", "5 min", "2 h", "yesterday", "12 Nov",
 * "12 Nov 2024". A time in the future has none: show it as sent.
 */
export function ageWords(age: Age, locale = vscode.env.language): string | undefined {
  switch (age.kind) {
    case 'future':
      return undefined;
    case 'now':
      return vscode.l10n.t('now');
    case 'minutes':
      return vscode.l10n.t('{0} min ago', age.count);
    case 'hours':
      return vscode.l10n.t('{0} hr ago', age.count);
    case 'yesterday':
      return vscode.l10n.t('yesterday');
    case 'date':
      return dateWords(age.instant, age.withYear, locale);
    default:
      return assertNever(age);
  }
}

/** "5 minutes ago": the age for a screen reader, which spells "5 min" out badly. */
export function spokenAge(age: Age, locale = vscode.env.language): string | undefined {
  switch (age.kind) {
    case 'now':
      return vscode.l10n.t('just now');
    case 'minutes':
      return plural(age.count, '1 minute ago', '{0} minutes ago');
    case 'hours':
      return plural(age.count, '1 hour ago', '{0} hours ago');
    default:
      return ageWords(age, locale);
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** "12 Nov", "12 Nov 2024", in the reader's own zone. @param instant in epoch milliseconds */
export function dateWords(instant: number, withYear: boolean, locale: string): string {
  const key = `${locale} ${withYear}`;
  let format = formats.get(key);
  if (format === undefined) {
    const year = withYear ? { year: 'numeric' as const } : {};
    format = new Intl.DateTimeFormat(knownLocale(locale), { day: 'numeric', month: 'short', ...year });
    formats.set(key, format);
  }
  if (!locale.toLowerCase().startsWith('en')) return format.format(instant);
  // English has several orders; here the day goes first everywhere, so that a column of rows stays even.
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return [parts['day'], parts['month'], parts['year']].filter((part) => part !== undefined).join(' ');
}
