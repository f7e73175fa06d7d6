import type { LabelFilter } from './annotation';
import type { ConversationType } from './conversation';

/** What the server is asked to select. Source: the query of `GET /user/conversations`. */
export interface ListQuery {
  readonly type?: ConversationType;
  /** The assistant's integer id. */
  readonly assistantId?: number;
  /** `YYYY-MM-DD`, in the server's zone, inclusive. */
  readonly dateFrom?: string;
  /** `YYYY-MM-DD`, in the server's zone, inclusive. */
  readonly dateTo?: string;
}

/** Days in the reader's own zone, both inclusive; a preset moves with the clock. */
export type DateRange =
  | { readonly kind: 'today' }
  | { readonly kind: 'lastDays'; readonly days: number }
  | { readonly kind: 'between'; readonly from?: string; readonly to?: string };

/** The reader's filter. Every part is applied to the rows; `type`, `assistant` and `dates` also go to the server. */
export interface Filter {
  readonly type?: ConversationType;
  readonly assistant?: AssistantFilter;
  readonly dates?: DateRange;
  readonly aiEnabled?: boolean;
  readonly minMessages?: number;
  /** USD. */
  readonly minCost?: number;
  /** The reader's own label or note, which the server knows nothing of. */
  readonly label?: LabelFilter;
  readonly text?: string;
}

export interface AssistantFilter {
  readonly uuid: string;
  readonly name: string | undefined;
  /** Known only where the server lists its assistants; without it the server is not asked to filter. */
  readonly serverId?: number;
  /** Whether another assistant had its name when it was chosen. */
  readonly ambiguous?: boolean;
}

/** How the tree is grouped: type then assistant, assistant then type, or a flat list by day. */
export const groupings = ['type', 'assistant', 'day'] as const;
export type Grouping = (typeof groupings)[number];

/** Whether both ask the server for the same. */
export function isSameQuery(one: ListQuery, other: ListQuery): boolean {
  return (
    one.type === other.type &&
    one.assistantId === other.assistantId &&
    one.dateFrom === other.dateFrom &&
    one.dateTo === other.dateTo
  );
}
