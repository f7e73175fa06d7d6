import type { LabelFilter } from './annotation';
import type { ConversationType } from './conversation';

/** The query parameters of `GET /user/conversations`. */
export interface ListQuery {
  readonly type?: ConversationType;
  /** The assistant's integer ID. */
  readonly assistantId?: number;
  /** `YYYY-MM-DD` in the server's time zone, inclusive. */
  readonly dateFrom?: string;
  /** `YYYY-MM-DD` in the server's time zone, inclusive. */
  readonly dateTo?: string;
}

/** Days in the user's time zone, inclusive; presets move with the clock. */
export type DateRange =
  | { readonly kind: 'today' }
  | { readonly kind: 'lastDays'; readonly days: number }
  | { readonly kind: 'between'; readonly from?: string; readonly to?: string };

/**
 * The user's filter. Every part is applied to the rows; `type`, `assistant`, and `dates` are also sent to the server.
 */
export interface Filter {
  readonly type?: ConversationType;
  readonly assistant?: AssistantFilter;
  readonly dates?: DateRange;
  readonly aiEnabled?: boolean;
  readonly minMessages?: number;
  /** USD. */
  readonly minCost?: number;
  /** The user's label or note, which the server doesn't have. */
  readonly label?: LabelFilter;
  /** Known only for loaded transcripts. With `tool`, these are the calls of that tool. */
  readonly calls?: CallFilter;
  /** Name of a called tool, known only for loaded transcripts. */
  readonly tool?: string;
  readonly text?: string;
}

/** Conversations with tool calls, or with failed ones. */
export const callFilters = ['calls', 'failed'] as const;
export type CallFilter = (typeof callFilters)[number];

export interface AssistantFilter {
  readonly uuid: string;
  readonly name: string | undefined;
  /** Known if the server lists its assistants; required to filter on the server. */
  readonly serverId?: number;
  /** Whether another assistant had the same name at selection. */
  readonly ambiguous?: boolean;
}

/** Type then assistant, assistant then type, or a flat list by day. */
export const groupings = ['type', 'assistant', 'day'] as const;
export type Grouping = (typeof groupings)[number];

/** The order of conversations within a group, the largest first. */
export const sortings = ['newest', 'updated', 'cost', 'messages'] as const;
export type Sorting = (typeof sortings)[number];

/** Returns whether both send the same parameters. */
export function isSameQuery(one: ListQuery, other: ListQuery): boolean {
  return (
    one.type === other.type &&
    one.assistantId === other.assistantId &&
    one.dateFrom === other.dateFrom &&
    one.dateTo === other.dateTo
  );
}
