import { env, l10n } from 'vscode';
import { formatCostDigits, formatDollars } from '../../core/text/cost';
import { toVisibleLine } from '../../core/text/title';
import { formatDay } from '../../core/text/time';
import type { Usage, UsageSum } from '../../core/view/usage';
import type { UsageLine, UsageState } from '../../protocol/usage';
import { formatDayLabel } from '../format/time';
import { formatAssistant, formatNamesake } from '../format/filter';
import type { NotLoaded } from '../format/search';
import { formatType } from '../format/conversation';
import { findKnownLocale, plural } from '../format/plural';

export interface UsageContext {
  /** Number of loaded conversations, even if they don't match the filter. */
  readonly loaded: number;
  /** Empty if there is no filter. */
  readonly filter: string;
  readonly notLoaded: NotLoaded;
  /** Such as "$41.25"; undefined if the server doesn't report it. */
  readonly balance: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function createUsageState({ total, days, types, assistants }: Usage, context: UsageContext): UsageState {
  const today = formatDay(context.now, 'local');
  const { notLoaded, balance } = context;
  const nameCounts = new Map<string, number>();
  for (const { name = '' } of assistants) nameCounts.set(name, (nameCounts.get(name) ?? 0) + 1);
  const assistantLabel = (name: string | undefined, id: string): string =>
    (nameCounts.get(name ?? '') ?? 0) > 1 ? formatNamesake(name, id) : formatAssistant(name, id);
  return {
    covers: describeCoverage(total.conversations, context),
    loadAll: notLoaded.any ? l10n.t('Load All') : undefined,
    notes: createNotes(total),
    totals: [
      { name: l10n.t('Conversations'), value: formatNumber(total.conversations) },
      { name: l10n.t('Messages'), value: formatNumber(total.messages) },
      { name: l10n.t('Cost'), value: formatCost(total.cost) },
      ...(balance === undefined ? [] : [{ name: l10n.t('Account Balance'), value: balance }]),
    ],
    lines: {
      day: days.map(({ day, sum }) =>
        createLine(day === undefined ? l10n.t('Unknown Date') : formatDayLabel(day, today), sum, day),
      ),
      type: types.map(({ type, sum }) => createLine(formatType(type), sum)),
      assistant: assistants.map(({ assistantId, name, sum }) => createLine(assistantLabel(name, assistantId), sum)),
    },
  };
}

function createLine(label: string, { conversations, messages, cost }: UsageSum, day?: string): UsageLine {
  return {
    label: toVisibleLine(label),
    day,
    values: [conversations, messages, cost],
    cells: [formatNumber(conversations), formatNumber(messages), formatCost(cost)],
  };
}

/** The table to copy, with plain numbers for spreadsheets. */
export function createTable(heads: readonly string[], lines: readonly UsageLine[]): readonly (readonly string[])[] {
  return [
    heads,
    ...lines.map(({ label, day, values: [conversations, messages, cost] }) => [
      day ?? label,
      String(conversations),
      String(messages),
      formatCostDigits(cost) ?? '',
    ]),
  ];
}

function describeCoverage(counted: number, { loaded, filter, notLoaded: { any, count } }: UsageContext): string {
  if (loaded === 0 && any) return l10n.t('No conversations are loaded yet.');
  const which =
    filter === ''
      ? plural(counted, 'Based on 1 loaded conversation.', 'Based on {0} loaded conversations.', formatNumber(counted))
      : l10n.t(
          'Based on the {0} of {1} loaded conversations that match the filter ({2}).',
          formatNumber(counted),
          formatNumber(loaded),
          filter,
        );
  if (!any) return which;
  return count === undefined
    ? l10n.t('{0} There may be more on the server.', which)
    : l10n.t('{0} The server has {1} more.', which, formatNumber(count));
}

function createNotes({ uncounted, unpriced }: UsageSum): string[] {
  return [
    ...(uncounted > 0 ? [l10n.t('No message count for {0}; counted as 0.', formatConversationCount(uncounted))] : []),
    ...(unpriced > 0 ? [l10n.t('No cost for {0}; counted as $0.', formatConversationCount(unpriced))] : []),
  ];
}

function formatConversationCount(count: number): string {
  return plural(count, '1 conversation', '{0} conversations', formatNumber(count));
}

function formatNumber(value: number): string {
  return new Intl.NumberFormat(findKnownLocale(env.language)).format(value);
}

/** Rounds to six digits, because sums of fractions have rounding errors. */
function formatCost(cost: number): string {
  const smallest = 0.000001;
  return cost > 0 && cost < smallest ? `< ${formatDollars(smallest)}` : formatDollars(cost.toFixed(6));
}
