import type { PanelHostMessage } from './panel';

/** The columns of each table, one of which is plotted. */
export const metrics = ['conversations', 'messages', 'cost'] as const;
export type Metric = (typeof metrics)[number];

export const breakdowns = ['day', 'type', 'assistant'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** The usage of a day, a type, or an assistant. */
export interface UsageLine {
  readonly label: string;
  /** `YYYY-MM-DD` of a day that can be plotted. */
  readonly day: string | undefined;
  /** By `metrics`; costs in USD. */
  readonly values: readonly number[];
  /** The formatted values. */
  readonly cells: readonly string[];
}

export interface UsageTotal {
  readonly name: string;
  readonly value: string;
}

export interface UsageState {
  /** A sentence about which conversations are counted. */
  readonly covers: string;
  /** Label of the button that loads the missing conversations; undefined if none are missing. */
  readonly loadAll: string | undefined;
  /** Sentences about missing values. */
  readonly notes: readonly string[];
  readonly totals: readonly UsageTotal[];
  readonly lines: Readonly<Record<Breakdown, readonly UsageLine[]>>;
}

export type UsageHostMessage = PanelHostMessage | { readonly type: 'usage'; readonly usage: UsageState };

/** The page saves it while it is hidden. */
export interface UsageSavedState {
  readonly metric: Metric;
}
