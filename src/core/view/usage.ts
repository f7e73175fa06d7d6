import type { Conversation, ConversationType } from '../model/conversation';
import { parseCost } from '../text/cost';
import { escapeFormula } from '../text/spreadsheet';
import { groupRows } from './groups';
import type { DatedRow } from './rowOrder';

/** Totals of conversations. */
export interface UsageSum {
  readonly conversations: number;
  readonly messages: number;
  /** USD. */
  readonly cost: number;
  /** Conversations without a message count. */
  readonly uncounted: number;
  /** Conversations without a cost. */
  readonly unpriced: number;
}

export interface Usage {
  readonly total: UsageSum;
  /** By start day, `YYYY-MM-DD` in the user's time zone, the oldest first; undefined (time can't be parsed) is last. */
  readonly days: readonly { readonly day: string | undefined; readonly sum: UsageSum }[];
  /** Documented types in their order, then others. */
  readonly types: readonly { readonly type: ConversationType; readonly sum: UsageSum }[];
  /** The one with the most conversations first. */
  readonly assistants: readonly {
    readonly assistantId: string;
    readonly name: string | undefined;
    readonly sum: UsageSum;
  }[];
}

/** Sums up usage by day, type and assistant. @param dated the newest first */
export function sumUsage(dated: readonly DatedRow[]): Usage {
  const days = groupRows(dated, 'day').map(({ key, rows: its }) => ({
    day: key.by === 'day' ? key.day : undefined,
    sum: sumRows(its),
  }));
  const types = groupRows(dated, 'type').map(({ key, rows: its }) => ({
    type: key.by === 'type' ? key.type : '',
    sum: sumRows(its),
  }));
  const assistants = groupRows(dated, 'assistant').map(({ key, rows: its }) => ({
    assistantId: key.by === 'assistant' ? key.assistantId : '',
    // The newest name: an assistant may have been renamed.
    name: its.find(({ row }) => row.assistantName !== undefined)?.row.assistantName,
    sum: sumRows(its),
  }));
  return {
    total: sumRows(dated),
    // Input is sorted newest first, with undated rows last.
    days: [...days.filter(({ day }) => day !== undefined).reverse(), ...days.filter(({ day }) => day === undefined)],
    types,
    assistants: assistants.sort((a, b) => b.sum.conversations - a.sum.conversations),
  };
}

function sumRows(rows: readonly DatedRow[]): UsageSum {
  const sum = { conversations: rows.length, messages: 0, cost: 0, uncounted: 0, unpriced: 0 };
  for (const { row } of rows) {
    if (row.messageCount === undefined) sum.uncounted += 1;
    else sum.messages += row.messageCount;
    if (isAmount(row.totalCost)) sum.cost += parseCost(row.totalCost);
    else sum.unpriced += 1;
  }
  // Removes rounding errors such as 0.30000000000000004.
  return { ...sum, cost: Number(sum.cost.toFixed(10)) };
}

function isAmount(cost: Conversation['totalCost']): boolean {
  return cost !== undefined && cost !== '' && Number.isFinite(Number(cost));
}

/** Formats a table for pasting: tab-separated cells, none of which starts a formula. */
export function formatTabSeparated(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells) => cells.map((text) => escapeFormula(text.replace(/\s+/g, ' ').trim())).join('\t'))
    .join('\n');
}
