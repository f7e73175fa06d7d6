import { isFlag, isOneOf, isText, listOf, optional, shape, variants, type Guard } from './guards';

/** What is plotted, and the columns of each table. */
export const metrics = ['conversations', 'messages', 'cost'] as const;
export type Metric = (typeof metrics)[number];

export const breakdowns = ['day', 'type', 'assistant'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** What the page says of its own accord, in the reader's language. `{0}` stands for what is filled in. */
export const usageWordKeys = [
  'title',
  'loading',
  'metric',
  'conversations',
  'messages',
  'cost',
  'day',
  'type',
  'assistant',
  'byDay',
  'byWeek',
  'byWeeks',
  'byType',
  'byAssistant',
  'plot',
  'plotOfDays',
  'table',
  'copyTable',
  'copied',
  'copyFailed',
  'hiddenCharacters',
] as const;
export type UsageWordKey = (typeof usageWordKeys)[number];
export type UsageWords = Readonly<Record<UsageWordKey, string>>;

/** What a day, a type or an assistant comes to. */
export interface UsageLine {
  readonly label: string;
  /** `YYYY-MM-DD` of a day that can be plotted. */
  readonly day: string | undefined;
  /** By `metrics`; costs in USD. */
  readonly values: readonly number[];
  /** The same in words. */
  readonly cells: readonly string[];
}

export interface UsageTotal {
  readonly name: string;
  readonly value: string;
}

export interface UsageState {
  /** Which conversations are counted, in a sentence. */
  readonly covers: string;
  /** The words of the button that loads what is missing; undefined where nothing is. */
  readonly loadAll: string | undefined;
  /** What the sums leave out. */
  readonly notes: readonly string[];
  readonly totals: readonly UsageTotal[];
  readonly lines: Readonly<Record<Breakdown, readonly UsageLine[]>>;
}

export type UsageHostMessage =
  | { readonly type: 'words'; readonly words: UsageWords; readonly language: string }
  | { readonly type: 'usage'; readonly usage: UsageState }
  | { readonly type: 'copied'; readonly ok: boolean };

export type UsagePageMessage =
  | { readonly type: 'ready' }
  /** The page was sent something of an unknown shape. */
  | { readonly type: 'refused' }
  | { readonly type: 'copy'; readonly what: Breakdown }
  | { readonly type: 'loadAll' };

const isAmount: Guard<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);

const isLine = shape<UsageLine>({
  label: isText,
  day: optional(isText),
  values: listOf(isAmount),
  cells: listOf(isText),
});

const isUsage = shape<UsageState>({
  covers: isText,
  loadAll: optional(isText),
  notes: listOf(isText),
  totals: listOf(shape<UsageTotal>({ name: isText, value: isText })),
  lines: shape<UsageState['lines']>({ day: listOf(isLine), type: listOf(isLine), assistant: listOf(isLine) }),
});

const isWords: Guard<UsageWords> = shape<UsageWords>(
  Object.fromEntries(usageWordKeys.map((key) => [key, isText])) as Record<UsageWordKey, Guard<string>>,
);

export const isUsageHostMessage: Guard<UsageHostMessage> = variants<'type', UsageHostMessage>('type', {
  words: shape({ words: isWords, language: isText }),
  usage: shape({ usage: isUsage }),
  copied: shape({ ok: isFlag }),
});

export const isUsagePageMessage: Guard<UsagePageMessage> = variants<'type', UsagePageMessage>('type', {
  ready: shape({}),
  refused: shape({}),
  copy: shape({ what: isOneOf(...breakdowns) }),
  loadAll: shape({}),
});

/** What the page keeps over being hidden. */
export interface UsageKept {
  readonly metric: Metric;
}

export const isUsageKept: Guard<UsageKept> = shape<UsageKept>({ metric: isOneOf(...metrics) });
