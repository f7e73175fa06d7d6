import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { AssistantFilter, DateRange, Filter } from '../../core/model/query';
import { formatDollars } from '../../core/text/cost';
import { isolateDirection } from '../../core/text/directions';
import { shortId, toVisibleLine } from '../../core/text/label';
import { assertNever } from '../../core/util/assertNever';
import type { CheckedFilter } from '../../core/view/filterParse';
import { labelFilterWords } from './labels';
import { typeWord } from './conversation';
import { plural } from './plural';

/** "test · Booking Bot · last 7 days · AI off · ≥ 5 messages · “refund”"; empty where nothing is filtered. */
export function filterWords(filter: Filter): string {
  return filterParts(filter).join(' · ');
}

export function filterParts({
  type,
  assistant,
  dates,
  aiEnabled,
  minMessages,
  minCost,
  label,
  text,
}: Filter): string[] {
  const parts = [
    type === undefined ? undefined : typeWord(type),
    assistant === undefined ? undefined : assistantFilterWords(assistant),
    dates === undefined ? undefined : dateRangeWords(dates),
    aiEnabled === undefined ? undefined : aiEnabled ? vscode.l10n.t('AI on') : vscode.l10n.t('AI off'),
    minMessages === undefined ? undefined : atLeastMessages(minMessages),
    minCost === undefined ? undefined : vscode.l10n.t('≥ {0}', formatDollars(minCost)),
    label === undefined ? undefined : labelFilterWords(label),
    text === undefined ? undefined : vscode.l10n.t('"{0}"', isolateDirection(toVisibleLine(text))),
  ];
  return parts.filter((part): part is string => part !== undefined && part !== '');
}

/** The assistant of a filter, told apart from another one of its name. */
export function assistantFilterWords({ name, uuid, ambiguous = false }: AssistantFilter): string {
  return isolateDirection(ambiguous ? namesakeWords(name, uuid) : assistantWords(name, uuid));
}

/** The name of an assistant whose name another one has too, with the first of its ID. */
export function namesakeWords(name: string | undefined, uuid: string): string {
  const words = assistantWords(name, uuid);
  // Without a name it is called by its ID already.
  return toVisibleLine(name ?? '').trim() === ''
    ? words
    : vscode.l10n.t('{0} ({1})', isolateDirection(words), toVisibleLine(shortId(uuid)));
}

/** The assistant's name, or the first of its id where it has none. */
export function assistantWords(name: string | undefined, uuid: string): string {
  const clean = toVisibleLine(name ?? '').trim();
  return clean === '' ? vscode.l10n.t('Deleted assistant {0}', toVisibleLine(shortId(uuid))) : clean;
}

export function dateRangeWords(dates: DateRange): string {
  switch (dates.kind) {
    case 'today':
      return vscode.l10n.t('today');
    case 'lastDays':
      return plural(dates.days, 'last day', 'last {0} days');
    case 'between':
      return betweenWords(dates.from, dates.to);
    default:
      return assertNever(dates);
  }
}

/** Days are `YYYY-MM-DD`. */
function betweenWords(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? vscode.l10n.t('any date') : vscode.l10n.t('until {0}', to);
  if (to === undefined) return vscode.l10n.t('since {0}', from);
  return from === to ? from : vscode.l10n.t('{0} to {1}', from, to);
}

function atLeastMessages(count: number): string {
  return plural(count, '≥ 1 message', '≥ {0} messages');
}

/** What a saved filter shows, or why it can't be applied. */
export function checkedFilterWords(checked: CheckedFilter): string {
  switch (checked.kind) {
    case 'filter':
      return filterWords(checked.filter);
    case 'notAFilter':
      return l10n.t("Can't be applied: not a filter");
    case 'empty':
      return l10n.t("Can't be applied: the filter is empty");
    case 'badPart':
      return l10n.t('Can\'t be applied: "{0}" is unknown or has an invalid value', toVisibleLine(checked.part));
    default:
      return assertNever(checked);
  }
}
