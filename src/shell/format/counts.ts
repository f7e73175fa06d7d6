import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { assertNever } from '../../core/util/assertNever';
import type { GroupCount } from '../../core/view/treeNodes';
import { plural } from './plural';

/** "31 of 68", "31+" if the total is unknown, "12 loaded" if the list has more, "12" if that is all, or empty. */
export function formatGroupCount(count: GroupCount): string {
  switch (count.kind) {
    case 'unread':
      return '';
    case 'loaded':
      return vscode.l10n.t('{0} loaded', count.count);
    case 'all':
      return String(count.count);
    case 'of':
      return vscode.l10n.t('{0} of {1}', count.loaded, count.total);
    case 'atLeast':
      return vscode.l10n.t('{0}+', count.loaded);
    case 'matching':
      if (count.complete && count.loaded === 0) return '0';
      return count.complete
        ? vscode.l10n.t('{0} of {1} match', count.count, count.loaded)
        : vscode.l10n.t('{0} of {1} loaded match', count.count, count.loaded);
    default:
      return assertNever(count);
  }
}

/** "30 of 68", or "30 loaded" if the total is unknown. */
export function formatLoaded(loaded: number, total: number | undefined): string {
  return total === undefined || total < loaded
    ? vscode.l10n.t('{0} loaded', loaded)
    : vscode.l10n.t('{0} of {1}', loaded, total);
}

/** "2 new", for a group. */
export function formatNewCount(count: number): string {
  return vscode.l10n.t('{0} new', count);
}

export function formatNewConversations(count: number): string {
  return plural(count, '1 new conversation', '{0} new conversations');
}

export function formatConversationCount(count: number): string {
  return plural(count, '1 conversation', '{0} conversations');
}

export function formatFailedCalls(count: number): string {
  return plural(count, '1 failed tool call', '{0} failed tool calls');
}

/** "7 messages", for a sentence or a screen reader. */
export function formatSpokenMessageCount(count: number): string {
  return plural(count, '1 message', '{0} messages');
}

/** "about 12 minutes" */
export function formatMinutes(minutes: number): string {
  if (minutes < 1) return l10n.t('less than a minute');
  if (minutes <= 90) return plural(minutes, 'about a minute', 'about {0} minutes');
  return plural(Math.round(minutes / 60), 'about 1 hour', 'about {0} hours');
}

/** "120 of 600 · about 9 minutes left". Adds nothing if less than a minute is left, or the time is unknown. */
export function appendMinutesLeft(count: string, minutesLeft: number | undefined): string {
  return minutesLeft === undefined || minutesLeft < 1
    ? count
    : l10n.t('{0} · {1} left', count, formatMinutes(minutesLeft));
}
