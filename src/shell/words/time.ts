import * as vscode from 'vscode';
import { visible } from '../../core/text/label';
import { instantOf } from '../../core/text/time';
import { knownLocale } from './language';

export interface TimeContext {
  /** How zoneless times are read: `UTC`, `local` or an IANA name. */
  readonly zone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * "Mon, 23 Nov 2026, 14:30:00 GMT+1 (sent as 2026-11-23 13:30:00)": in the reader's own zone, and as sent, since the
 * server does not tell the zone that it means.
 * @param zone the one that zoneless times are read in: `UTC`, `local` or an IANA name
 */
export function exactTime(sent: string, zone: string, locale = vscode.env.language): string {
  const written = visible(sent).trim();
  if (written === '') return vscode.l10n.t('unknown time');
  const local = localTime(sent, zone, locale);
  return local === undefined ? written : vscode.l10n.t('{0} (sent as {1})', local, written);
}

/** "Mon, 23 Nov 2026, 14:30:00 GMT+1"; undefined where the text is no time. */
export function localTime(sent: string, zone: string, locale = vscode.env.language): string | undefined {
  const instant = instantOf(sent, zone);
  return instant === undefined ? undefined : formatOf(locale).format(instant);
}

/** "14:05:10": a time of today's, such as the end of a wait. @param instant in epoch milliseconds */
export function clockTime(instant: number, locale = vscode.env.language): string {
  const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(knownLocale(locale), parts).format(instant);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string): Intl.DateTimeFormat {
  let format = formats.get(locale);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale.toLowerCase().startsWith('en') ? 'en-GB' : knownLocale(locale), {
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
    formats.set(locale, format);
  }
  return format;
}
