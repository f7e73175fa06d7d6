import * as vscode from 'vscode';
import { toVisibleLine } from '../../core/text/title';
import { type Age, parseInstant } from '../../core/text/time';
import { assertNever } from '../../core/util/assertNever';
import { findKnownLocale, plural } from './plural';

/** "12 Nov", or "12 Nov 2024" in another year. @param day and `today` as `YYYY-MM-DD` */
export function formatDayLabel(day: string, today: string, locale = vscode.env.language): string {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return day;
  return formatDate(new Date(year, month - 1, date).getTime(), day.slice(0, 4) !== today.slice(0, 4), locale);
}

/** "now", "5 min ago", "2 hr ago", "3 days ago", "12 Nov", "12 Nov 2024". Undefined for the future: show it as sent. */
export function formatAge(age: Age, locale = vscode.env.language): string | undefined {
  switch (age.kind) {
    case 'future':
      return undefined;
    case 'now':
      return vscode.l10n.t('now');
    case 'minutes':
      return vscode.l10n.t('{0} min ago', age.count);
    case 'hours':
      return vscode.l10n.t('{0} hr ago', age.count);
    case 'days':
      return plural(age.count, '1 day ago', '{0} days ago');
    case 'date':
      return formatDate(age.instant, age.withYear, locale);
    default:
      return assertNever(age);
  }
}

/** "now", "5m", "2h", "3d", "12 Nov", for a row: without "ago", which its tooltip and its label for screen readers have. */
export function formatShortAge(age: Age, locale = vscode.env.language): string | undefined {
  switch (age.kind) {
    case 'minutes':
      return vscode.l10n.t('{0}m', age.count);
    case 'hours':
      return vscode.l10n.t('{0}h', age.count);
    case 'days':
      return vscode.l10n.t('{0}d', age.count);
    default:
      return formatAge(age, locale);
  }
}

/** "5 minutes ago": screen readers don't read "5 min" well. */
export function formatSpokenAge(age: Age, locale = vscode.env.language): string | undefined {
  switch (age.kind) {
    case 'now':
      return vscode.l10n.t('just now');
    case 'minutes':
      return plural(age.count, '1 minute ago', '{0} minutes ago');
    case 'hours':
      return plural(age.count, '1 hour ago', '{0} hours ago');
    default:
      return formatAge(age, locale);
  }
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Formats a date in the user's time zone. @param instant in epoch milliseconds */
function formatDate(instant: number, withYear: boolean, locale: string): string {
  const key = `${locale} ${withYear}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    const year = withYear ? { year: 'numeric' as const } : {};
    format = new Intl.DateTimeFormat(findKnownLocale(locale), { day: 'numeric', month: 'short', ...year });
    dateFormats.set(key, format);
  }
  if (!locale.toLowerCase().startsWith('en')) return format.format(instant);
  // English locales differ in order. The day comes first everywhere, so that rows align.
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return [parts['day'], parts['month'], parts['year']].filter((part) => part !== undefined).join(' ');
}

export interface TimeContext {
  /** Time zone of times without one: `UTC`, `local` or an IANA name. */
  readonly zone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * "Mon, 23 Nov 2026, 14:30:00 GMT+1 (sent as 2026-11-23 13:30:00)": includes the time as sent, because the server doesn't report
 * its time zone. @param zone of times without a time zone
 */
export function formatExactTime(sent: string, zone: string, locale = vscode.env.language): string {
  const written = toVisibleLine(sent).trim();
  if (written === '') return vscode.l10n.t('unknown time');
  const local = formatLocalTime(sent, zone, locale);
  return local === undefined ? written : vscode.l10n.t('{0} (sent as {1})', local, written);
}

/** "Mon, 23 Nov 2026, 14:30:00 GMT+1"; undefined if the text isn't a time. */
export function formatLocalTime(sent: string, zone: string, locale = vscode.env.language): string | undefined {
  const instant = parseInstant(sent, zone);
  return instant === undefined ? undefined : getTimeFormat(locale).format(instant);
}

/** "14:05:10". @param instant in epoch milliseconds */
export function formatClockTime(instant: number, locale = vscode.env.language): string {
  const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(findKnownLocale(locale), parts).format(instant);
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

function getTimeFormat(locale: string): Intl.DateTimeFormat {
  let format = timeFormats.get(locale);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale.toLowerCase().startsWith('en') ? 'en-GB' : findKnownLocale(locale), {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    timeFormats.set(locale, format);
  }
  return format;
}
