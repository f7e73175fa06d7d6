import { once } from '../../core/util/memoize';

/** What a command does. What it returns goes to whoever executed it by its id. */
export type Handler = (...args: never[]) => unknown;

/** A handler of a part of the extension that is loaded when it is needed. */
export interface LaterHandler {
  readonly load: () => Promise<Handler>;
}

/** By the command's id. */
export type Handlers<Id extends string> = Readonly<Record<Id, Handler | LaterHandler>>;

/**
 * Handlers of a part that is loaded when one of them first runs. Several that run meanwhile wait for the same load, and
 * then run in their order.
 */
export function loadedLater<Id extends string>(
  ids: readonly Id[],
  load: () => Promise<Readonly<Record<Id, Handler>>>,
): Readonly<Record<Id, LaterHandler>> {
  const loaded = once(load);
  const later = ids.map((id) => [id, { load: async () => (await loaded())[id] }] as const);
  return Object.fromEntries(later) as Record<Id, LaterHandler>;
}
