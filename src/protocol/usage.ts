import type { PanelHostMessage } from './panel';

/** What is plotted, and the columns of each table. */
export const metrics = ['conversations', 'messages', 'cost'] as const;
export type Metric = (typeof metrics)[number];

export const breakdowns = ['day', 'type', 'assistant'] as const;
export type Breakdown = (typeof breakdowns)[number];

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

export type UsageHostMessage = PanelHostMessage | { readonly type: 'usage'; readonly usage: UsageState };

/** What the page keeps over being hidden. */
export interface UsageKept {
  readonly metric: Metric;
}
