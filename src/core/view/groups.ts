import { knownConversationTypes } from '../model/conversation';
import type { Grouping } from '../model/query';
import { formatDay } from '../text/time';
import { memoizeWeak } from '../util/memoize';
import type { DatedRow } from './rowOrder';
import type { GroupKey } from './treeNodes';

type Dimension = GroupKey['by'];

/** What each grouping groups by, from the root down. */
export const levels: Readonly<Record<Grouping, readonly Dimension[]>> = {
  type: ['type', 'assistant'],
  assistant: ['assistant', 'type'],
  day: ['day'],
};

export function keyOf({ row, created }: DatedRow, by: Dimension): GroupKey {
  switch (by) {
    case 'type':
      return { by, type: row.type };
    case 'assistant':
      return { by, assistantId: row.assistantId };
    case 'day':
      return { by, day: Number.isFinite(created) ? formatDay(created, 'local') : undefined };
  }
}

export function keyText(key: GroupKey): string {
  switch (key.by) {
    case 'type':
      return `type/${encoded(key.type)}`;
    case 'assistant':
      return `assistant/${encoded(key.assistantId)}`;
    case 'day':
      return `day/${key.day ?? ''}`;
  }
}

/** Any text has one, half of a surrogate pair too, and no two have the same: JSON writes halves as escapes. */
function encoded(text: string): string {
  return encodeURIComponent(JSON.stringify(text).slice(1, -1));
}

/** A group's rows under its key, the newest first. */
export interface Bucket {
  readonly key: GroupKey;
  readonly rows: readonly DatedRow[];
}

/**
 * The groups of rows; types in their order, other groups in that of their newest row. Of one array they are told apart once:
 * the tree is built anew for much that changes no row.
 * @param rows the newest first
 */
export function bucketsOf(rows: readonly DatedRow[], by: Dimension): readonly Bucket[] {
  return bucketsBy[by](rows);
}

const bucketsBy: Readonly<Record<Dimension, (rows: readonly DatedRow[]) => readonly Bucket[]>> = {
  type: memoizeWeak((rows: readonly DatedRow[]) => toldApart(rows, 'type')),
  assistant: memoizeWeak((rows: readonly DatedRow[]) => toldApart(rows, 'assistant')),
  day: memoizeWeak((rows: readonly DatedRow[]) => toldApart(rows, 'day')),
};

function toldApart(rows: readonly DatedRow[], by: Dimension): readonly Bucket[] {
  const mark = marker(by);
  const buckets = new Map<string | number, { key: GroupKey; rows: DatedRow[] }>();
  for (const row of rows) {
    const at = mark(row);
    const bucket = buckets.get(at);
    if (bucket === undefined) buckets.set(at, { key: keyOf(row, by), rows: [row] });
    else bucket.rows.push(row);
  }
  const found = [...buckets.values()];
  return by === 'type' ? found.sort((a, b) => compareTypes(typeOf(a.key), typeOf(b.key))) : found;
}

/** What is the same for rows of one group and no other. Cheap: there are many rows. */
function marker(by: Dimension): (row: DatedRow) => string | number {
  if (by === 'type') return ({ row }) => row.type;
  if (by === 'assistant') return ({ row }) => row.assistantId;
  let begin = Infinity;
  return ({ created }) => {
    if (!Number.isFinite(created)) return Infinity;
    // The newest come first: what is not older than the day's begin is of that day.
    if (created < begin) {
      const day = new Date(created);
      begin = new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
    }
    return begin;
  };
}

/** The documented types in their order, then the others by name. */
export function compareTypes(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || compare(a, b);
}

function rankOf(type: string): number {
  const rank = (knownConversationTypes as readonly string[]).indexOf(type);
  return rank === -1 ? knownConversationTypes.length : rank;
}

export function typeOf(key: GroupKey): string {
  return key.by === 'type' ? key.type : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
