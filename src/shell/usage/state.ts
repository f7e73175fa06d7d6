import { env, l10n } from 'vscode';
import { formatCostDigits, formatDollars } from '../../core/text/cost';
import { toVisibleLine } from '../../core/text/label';
import { formatDay } from '../../core/text/time';
import type { Usage, UsageSum } from '../../core/view/usage';
import type { UsageLine, UsageState } from '../../protocol/usage';
import { dayWords } from '../format/time';
import { assistantWords, namesakeWords } from '../format/filter';
import type { NotLoaded } from '../format/search';
import { typeWords } from '../format/conversation';
import { knownLocale, plural } from '../format/plural';

export interface UsageContext {
  /** How many conversations are loaded, also where the filter lets fewer through. */
  readonly loaded: number;
  /** The filter in words; empty where there is none. */
  readonly filter: string;
  readonly notLoaded: NotLoaded;
  /** "$41.25"; undefined where the server does not tell. */
  readonly balance: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What the page shows of a usage, in words. */
export function usageState({ total, days, types, assistants }: Usage, context: UsageContext): UsageState {
  const today = formatDay(context.now, 'local');
  const { notLoaded, balance } = context;
  const bearers = new Map<string, number>();
  for (const { name = '' } of assistants) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  const assistantLabel = (name: string | undefined, id: string): string =>
    (bearers.get(name ?? '') ?? 0) > 1 ? namesakeWords(name, id) : assistantWords(name, id);
  return {
    covers: coversWords(total.conversations, context),
    loadAll: notLoaded.any ? l10n.t('Load All') : undefined,
    notes: notesOf(total),
    totals: [
      { name: l10n.t('Conversations'), value: numberWords(total.conversations) },
      { name: l10n.t('Messages'), value: numberWords(total.messages) },
      { name: l10n.t('Cost'), value: sumWords(total.cost) },
      ...(balance === undefined ? [] : [{ name: l10n.t('Account Balance'), value: balance }]),
    ],
    lines: {
      day: days.map(({ day, sum }) =>
        line(day === undefined ? l10n.t('Unknown Date') : dayWords(day, today), sum, day),
      ),
      type: types.map(({ type, sum }) => line(typeWords(type), sum)),
      assistant: assistants.map(({ assistantId, name, sum }) => line(assistantLabel(name, assistantId), sum)),
    },
  };
}

function line(label: string, { conversations, messages, cost }: UsageSum, day?: string): UsageLine {
  return {
    label: toVisibleLine(label),
    day,
    values: [conversations, messages, cost],
    cells: [numberWords(conversations), numberWords(messages), sumWords(cost)],
  };
}

/** The table of a breakdown as it is copied: numbers that a spreadsheet can add up. */
export function tableOf(heads: readonly string[], lines: readonly UsageLine[]): readonly (readonly string[])[] {
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

function coversWords(counted: number, { loaded, filter, notLoaded: { any, count } }: UsageContext): string {
  if (loaded === 0 && any) return l10n.t('No conversations are loaded yet.');
  const which =
    filter === ''
      ? plural(counted, 'Based on 1 loaded conversation.', 'Based on {0} loaded conversations.', numberWords(counted))
      : l10n.t(
          'Based on the {0} of {1} loaded conversations that match the filter ({2}).',
          numberWords(counted),
          numberWords(loaded),
          filter,
        );
  if (!any) return which;
  return count === undefined
    ? l10n.t('{0} There may be more on the server.', which)
    : l10n.t('{0} The server has {1} more.', which, numberWords(count));
}

function notesOf({ uncounted, unpriced }: UsageSum): string[] {
  return [
    ...(uncounted > 0 ? [l10n.t('No message count for {0}; counted as 0.', conversationsWords(uncounted))] : []),
    ...(unpriced > 0 ? [l10n.t('No cost for {0}; counted as $0.', conversationsWords(unpriced))] : []),
  ];
}

function conversationsWords(count: number): string {
  return plural(count, '1 conversation', '{0} conversations', numberWords(count));
}

function numberWords(value: number): string {
  return new Intl.NumberFormat(knownLocale(env.language)).format(value);
}

/** USD, without what adding up fractions leaves behind the sixth digit; less than that is said to be less. */
function sumWords(cost: number): string {
  const smallest = 0.000001;
  return cost > 0 && cost < smallest ? `< ${formatDollars(smallest)}` : formatDollars(cost.toFixed(6));
}
