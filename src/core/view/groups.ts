import { knownConversationTypes, type Conversation } from '../model/conversation';
import type { Grouping } from '../model/query';
import { dayOf, instantOf } from '../text/time';
import type { GroupKey } from './treeNodes';

type Dimension = GroupKey['by'];

/** What each grouping groups by, from the root down. */
export const levels: Readonly<Record<Grouping, readonly Dimension[]>> = {
  type: ['type', 'assistant'],
  assistant: ['assistant', 'type'],
  day: ['day'],
};

/** A conversation with the instant that it was created at; rows whose time can't be read sort last. */
export interface DatedRow {
  readonly row: Conversation;
  /** Epoch milliseconds, or -Infinity. */
  readonly created: number;
}

export function newestFirst(rows: readonly Conversation[], zone: string): readonly DatedRow[] {
  const dated = rows.map((row) => ({ row, created: instantOf(row.createdAt, zone) ?? -Infinity }));
  // Ids settle what times leave open, so that the order is the same whatever page came first.
  return dated.sort((a, b) => (a.created === b.created ? compare(a.row.id, b.row.id) : b.created > a.created ? 1 : -1));
}

export function keyOf({ row, created }: DatedRow, by: Dimension): GroupKey {
  switch (by) {
    case 'type':
      return { by, type: row.type };
    case 'assistant':
      return { by, assistantId: row.assistantId };
    case 'day':
      return { by, day: Number.isFinite(created) ? dayOf(created, 'local') : undefined };
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

/** A group's rows under its key, in the order of their newest row. */
export interface Bucket {
  readonly key: GroupKey;
  readonly rows: readonly DatedRow[];
}

export function bucketsOf(rows: readonly DatedRow[], by: Dimension): readonly Bucket[] {
  const buckets = new Map<string, { key: GroupKey; rows: DatedRow[] }>();
  for (const row of rows) {
    const key = keyOf(row, by);
    const text = keyText(key);
    const bucket = buckets.get(text);
    if (bucket === undefined) buckets.set(text, { key, rows: [row] });
    else bucket.rows.push(row);
  }
  const found = [...buckets.values()];
  return by === 'type' ? found.sort((a, b) => compareTypes(typeOf(a.key), typeOf(b.key))) : found;
}

/** The documented types in their order, then the others by name. */
export function compareTypes(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || compare(a, b);
}

function rankOf(type: string): number {
  const rank = (knownConversationTypes as readonly string[]).indexOf(type);
  return rank === -1 ? knownConversationTypes.length : rank;
}

function typeOf(key: GroupKey): string {
  return key.by === 'type' ? key.type : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
