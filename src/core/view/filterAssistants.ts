import type { Assistant, Conversation } from '../model/conversation';
import type { AssistantFilter } from '../model/query';
import { fold } from '../text/fold';
import { memoizeWeak } from '../util/memoize';
import { groupRows } from './groups';
import type { DatedRow } from './rowOrder';

/** The names of assistants in the rows. */
export interface AssistantNames {
  /** By assistant ID; the name is the one in the newest row that has one. */
  readonly nameById: ReadonlyMap<string, string>;
  /** Whether another assistant has the same name. */
  readonly isShared: (assistantId: string) => boolean;
}

/** Memoized by array. */
export const collectAssistantNames = memoizeWeak((rows: readonly DatedRow[]): AssistantNames => {
  const nameById = new Map<string, string>();
  for (const { rows: its } of groupRows(rows, 'assistant')) {
    const named = its.find(({ row }) => row.assistantName !== undefined)?.row;
    if (named?.assistantName !== undefined) nameById.set(named.assistantId, named.assistantName);
  }
  const bearersOf = new Map<string, number>();
  for (const name of nameById.values()) bearersOf.set(name, (bearersOf.get(name) ?? 0) + 1);
  return { nameById, isShared: (id) => (bearersOf.get(nameById.get(id) ?? '') ?? 0) > 1 };
});

/** An assistant to filter by. Without `serverId` only loaded rows are filtered. */
export interface AssistantChoice extends AssistantFilter {
  /** The number of its loaded conversations. */
  readonly loaded: number;
  /** Whether another assistant has the same name. */
  readonly ambiguous: boolean;
}

/**
 * Joins the server's assistants with those of loaded rows by UUID: the server's filter takes the integer ID, rows have
 * the UUID. Sorted by name; assistants without one (deleted) are last.
 * @param listed empty if the server doesn't list assistants
 */
export function listAssistantChoices(
  rows: readonly Conversation[],
  listed: readonly Assistant[],
): readonly AssistantChoice[] {
  const choices = new Map<string, AssistantFilter & { loaded: number }>();
  for (const { uuid, name, serverId } of listed) choices.set(uuid, { uuid, name, serverId, loaded: 0 });
  for (const { assistantId: uuid, assistantName: name } of rows) {
    if (uuid === '') continue;
    const choice = choices.get(uuid);
    choices.set(uuid, { ...choice, uuid, name: choice?.name ?? name, loaded: (choice?.loaded ?? 0) + 1 });
  }
  const named = new Map<string, number>();
  for (const { name = '' } of choices.values()) named.set(fold(name), (named.get(fold(name)) ?? 0) + 1);
  return [...choices.values()]
    .map((choice) => ({ ...choice, ambiguous: (named.get(fold(choice.name ?? '')) ?? 0) > 1 }))
    .sort(compare);
}

/**
 * Returns assistants that can start a conversation. If the server lists none, those of loaded rows, except deleted
 * ones, which have no name.
 * @param listed as `listAssistantChoices` takes it
 */
export function listExistingAssistants(
  rows: readonly Conversation[],
  listed: readonly Assistant[],
): readonly AssistantChoice[] {
  const gone = new Set(
    rows.flatMap(({ assistantId, assistantName }) => (assistantName === undefined ? [assistantId] : [])),
  );
  const existing = new Set(listed.flatMap(({ uuid, isDeleted }) => (isDeleted === true ? [] : [uuid])));
  const exists = (uuid: string): boolean => (listed.length > 0 ? existing.has(uuid) : !gone.has(uuid));
  return listAssistantChoices(
    rows.filter(({ assistantId }) => exists(assistantId)),
    listed.filter(({ uuid }) => exists(uuid)),
  );
}

function compare(one: AssistantChoice, other: AssistantChoice): number {
  if ((one.name === undefined) !== (other.name === undefined)) return one.name === undefined ? 1 : -1;
  return (one.name ?? '').localeCompare(other.name ?? '') || (one.uuid < other.uuid ? -1 : 1);
}
