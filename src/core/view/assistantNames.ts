import { perObject } from '../util/memoize';
import { bucketsOf } from './groups';
import type { DatedRow } from './rowOrder';

/** What the rows call their assistants. */
export interface AssistantNames {
  /** By the assistant's id; as its newest row that has one names it. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** Whether another assistant has the same name. */
  readonly isShared: (assistantId: string) => boolean;
}

/** Of one array they are gathered once, as its groups are. */
export const assistantNames = perObject((rows: readonly DatedRow[]): AssistantNames => {
  const nameOf = new Map<string, string>();
  for (const { rows: its } of bucketsOf(rows, 'assistant')) {
    const named = its.find(({ row }) => row.assistantName !== undefined)?.row;
    if (named?.assistantName !== undefined) nameOf.set(named.assistantId, named.assistantName);
  }
  const bearersOf = new Map<string, number>();
  for (const name of nameOf.values()) bearersOf.set(name, (bearersOf.get(name) ?? 0) + 1);
  return { nameOf, isShared: (id) => (bearersOf.get(nameOf.get(id) ?? '') ?? 0) > 1 };
});
