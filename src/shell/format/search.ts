import { l10n } from 'vscode';
import { toVisibleLine } from '../../core/text/title';
import { assertNever } from '../../core/util/assertNever';
import type { MatchPlace } from '../../core/view/transcriptFields';
import type { SearchQuery } from '../../core/view/transcriptSearch';
import { type SearchState, countUnsearched } from '../search/state';
import { formatCause } from './errors';
import { plural } from './plural';

/** Conversations that aren't loaded. `count` is undefined if the server reports no total. */
export interface NotLoaded {
  readonly any: boolean;
  readonly count: number | undefined;
}

/** "refund", /refund|money back/, failed tool calls, or calls of get_order */
export function formatQuery({ text, isRegex, calls }: SearchQuery): string {
  if (calls === 'failed') return l10n.t('failed tool calls');
  if (calls === 'tool') return l10n.t('calls of {0}', toVisibleLine(text));
  return isRegex ? `/${toVisibleLine(text)}/` : l10n.t('"{0}"', toVisibleLine(text));
}

/** "turn 3 · user", "turn 4 · find_slots · arguments". Turns are counted from one, as in the panel. */
export function formatMatchPlace(place: MatchPlace): string {
  if (place.part === 'variables') return l10n.t('variables');
  const turn = l10n.t('turn {0}', place.turn + 1);
  switch (place.part) {
    case 'message':
      return place.role === '' ? turn : `${turn} · ${toVisibleLine(place.role)}`;
    case 'name':
      return `${turn} · ${l10n.t('tool name')}`;
    case 'arguments':
      return `${turn} · ${toVisibleLine(place.name)} · ${l10n.t('arguments')}`;
    case 'result':
      return `${turn} · ${toVisibleLine(place.name)} · ${l10n.t('result')}`;
    default:
      return assertNever(place);
  }
}

/**
 * The message above the results. Always about the same length, because a second line would move the rows under the mouse.
 */
export function formatSearchSummary(state: SearchState, notLoaded: NotLoaded): string {
  return [formatFound(state), formatSearched(state), formatMore(notLoaded)].filter((text) => text !== '').join(' · ');
}

function formatFound({ matches, found, isRunning }: SearchState): string {
  if (matches === 0) return isRunning ? l10n.t('No results so far') : l10n.t('No results found');
  return found.length === 1
    ? plural(matches, '1 match in 1 conversation', '{0} matches in 1 conversation')
    : l10n.t('{0} matches in {1} conversations', matches, found.length);
}

function formatSearched({ isRunning, searched, total }: SearchState): string {
  if (total === 0) return isRunning ? '' : l10n.t('no loaded conversation matches the filter');
  return isRunning || searched.size < total
    ? l10n.t('{0} of {1} searched', searched.size, total)
    : l10n.t('all {0} searched', total);
}

function formatMore({ any, count }: NotLoaded): string {
  if (!any) return '';
  return count === undefined ? l10n.t('more not loaded') : l10n.t('{0} not loaded', count);
}

export function formatNotLoaded({ any, count }: NotLoaded): string {
  if (!any) return '';
  if (count === undefined) return l10n.t("More conversations aren't loaded.");
  return plural(count, "1 conversation isn't loaded.", "{0} conversations aren't loaded.");
}

/** Returns undefined if none was skipped, or while the search runs. */
export function formatNotSearched(state: SearchState): string | undefined {
  const count = countUnsearched(state);
  if (state.isRunning || count === 0) return undefined;
  return plural(
    count,
    '1 conversation not searched: {0}',
    '{1} conversations not searched: {0}',
    formatStopReason(state),
  );
}

function formatStopReason({ stop, failures }: SearchState): string {
  switch (stop) {
    case 'user':
      return l10n.t('search stopped.');
    case 'matchLimit':
      return l10n.t('result limit reached.');
    case 'tooSlow':
    case 'failed':
    case undefined:
      return formatFailures(failures);
    default:
      return assertNever(stop);
  }
}

function formatFailures(failures: SearchState['failures']): string {
  const messages = failures.map(({ reason }) => formatFailure(reason));
  return messages.length === 0 ? l10n.t('loaded after the search.') : [...new Set(messages)].join(' ');
}

export function formatFailure(why: SearchState['failures'][number]['reason']): string {
  return why === 'tooSlow'
    ? l10n.t('The regular expression took too long.')
    : formatCause(why, { kind: 'readingTranscript' });
}
