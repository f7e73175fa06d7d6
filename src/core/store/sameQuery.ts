import type { ListQuery } from '../model/query';

/** Whether both ask the server for the same. */
export function sameQuery(one: ListQuery, other: ListQuery): boolean {
  return (
    one.type === other.type &&
    one.assistantId === other.assistantId &&
    one.dateFrom === other.dateFrom &&
    one.dateTo === other.dateTo
  );
}
