import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { AssistantFilter, CallFilter, DateRange, Filter } from '../../core/model/query';
import { formatDollars } from '../../core/text/cost';
import { isolateDirection } from '../../core/text/directions';
import { shortId, toVisibleLine } from '../../core/text/title';
import { assertNever } from '../../core/util/assertNever';
import type { CheckedFilter } from '../../core/view/filterParse';
import { formatLabelFilter } from './labels';
import { formatTypeInSentence } from './conversation';
import { plural } from './plural';

/** "test · Booking Bot · last 7 days · AI off · ≥ 5 messages · "refund"", or empty without a filter. */
export function formatFilter(filter: Filter): string {
  return formatFilterParts(filter).join(' · ');
}

export function formatFilterParts({
  type,
  assistant,
  dates,
  aiEnabled,
  minMessages,
  minCost,
  label,
  calls,
  tool,
  text,
}: Filter): string[] {
  const parts = [
    type === undefined ? undefined : formatTypeInSentence(type),
    assistant === undefined ? undefined : formatAssistantFilter(assistant),
    dates === undefined ? undefined : formatDateRange(dates),
    aiEnabled === undefined ? undefined : aiEnabled ? vscode.l10n.t('AI on') : vscode.l10n.t('AI off'),
    minMessages === undefined ? undefined : formatMinMessages(minMessages),
    minCost === undefined ? undefined : vscode.l10n.t('≥ {0}', formatDollars(minCost)),
    label === undefined ? undefined : formatLabelFilter(label),
    formatCallFilter(calls, tool),
    text === undefined ? undefined : vscode.l10n.t('"{0}"', isolateDirection(toVisibleLine(text))),
  ];
  return parts.filter((part): part is string => part !== undefined && part !== '');
}

function formatCallFilter(calls: CallFilter | undefined, tool: string | undefined): string | undefined {
  if (tool === undefined) {
    if (calls === undefined) return undefined;
    return calls === 'failed' ? vscode.l10n.t('failed tool calls') : vscode.l10n.t('tool calls');
  }
  const name = isolateDirection(toVisibleLine(tool));
  return calls === 'failed' ? vscode.l10n.t('failed calls of {0}', name) : vscode.l10n.t('calls of {0}', name);
}

export function formatAssistantFilter({ name, uuid, ambiguous = false }: AssistantFilter): string {
  return isolateDirection(ambiguous ? formatNamesake(name, uuid) : formatAssistant(name, uuid));
}

/** Adds the beginning of the ID to a name that several assistants have. */
export function formatNamesake(name: string | undefined, uuid: string): string {
  const assistant = formatAssistant(name, uuid);
  // An assistant without a name already shows its ID.
  return toVisibleLine(name ?? '').trim() === ''
    ? assistant
    : vscode.l10n.t('{0} ({1})', isolateDirection(assistant), toVisibleLine(shortId(uuid)));
}

export function formatAssistant(name: string | undefined, uuid: string): string {
  const clean = toVisibleLine(name ?? '').trim();
  return clean === '' ? vscode.l10n.t('Deleted assistant {0}', toVisibleLine(shortId(uuid))) : clean;
}

export function formatDateRange(dates: DateRange): string {
  switch (dates.kind) {
    case 'today':
      return vscode.l10n.t('today');
    case 'lastDays':
      return plural(dates.days, 'last day', 'last {0} days');
    case 'between':
      return formatBetween(dates.from, dates.to);
    default:
      return assertNever(dates);
  }
}

/** Days are `YYYY-MM-DD`. */
function formatBetween(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? vscode.l10n.t('any date') : vscode.l10n.t('until {0}', to);
  if (to === undefined) return vscode.l10n.t('since {0}', from);
  return from === to ? from : vscode.l10n.t('{0} to {1}', from, to);
}

function formatMinMessages(count: number): string {
  return plural(count, '≥ 1 message', '≥ {0} messages');
}

/** Formats a saved filter, or why it can't be applied. */
export function formatCheckedFilter(checked: CheckedFilter): string {
  switch (checked.kind) {
    case 'filter':
      return formatFilter(checked.filter);
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
