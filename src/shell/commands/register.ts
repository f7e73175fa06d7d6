import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { once } from '../../core/util/once';

/** What a command does. What it returns goes to whoever executed it by its id. */
export type Handler = (...args: never[]) => unknown;

/** A handler of a part of the extension that is loaded when it is needed. */
export interface LaterHandler {
  readonly load: () => Promise<Handler>;
}

/** By the command's id. */
export type Handlers = Readonly<Record<string, Handler | LaterHandler>>;

/**
 * Registers commands by id.
 * @param ready is waited for before a command looks at anything; undefined where there is nothing to wait for
 */
export function registerCommands(handlers: Handlers, ready: () => Promise<void> | undefined = () => undefined): Disposable {
  const owned = new DisposableStore();
  let disposed = false;
  owned.add({ dispose: () => (disposed = true) });
  for (const [id, handler] of Object.entries(handlers)) {
    owned.add(
      vscode.commands.registerCommand(id, async (...args: never[]) => {
        await ready();
        const handle = typeof handler === 'function' ? handler : await handler.load();
        return disposed ? undefined : handle(...args);
      }),
    );
  }
  return owned;
}

/**
 * Handlers of a part that is loaded when one of them first runs. Several that run meanwhile wait for the same load, and
 * then run in their order.
 */
export function loadedLater<Id extends string>(ids: readonly Id[], load: () => Promise<Readonly<Record<Id, Handler>>>): Handlers {
  const loaded = once(load);
  return Object.fromEntries(ids.map((id) => [id, { load: async () => (await loaded())[id] }]));
}
