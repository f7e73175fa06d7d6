import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { once } from '../../core/util/once';

/** What a command does. What it returns goes to whoever executed it by its id. */
export type Handler = (...args: never[]) => unknown;

/** By the command's id. */
export type Handlers = Readonly<Record<string, Handler>>;

/**
 * Registers commands by id.
 * @param ready is waited for before a command looks at anything; undefined where there is nothing to wait for
 */
export function registerCommands(handlers: Handlers, ready: () => Promise<void> | undefined = () => undefined): Disposable {
  const owned = new DisposableStore();
  for (const [id, handler] of Object.entries(handlers) as [string, (...args: unknown[]) => unknown][]) {
    owned.add(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        await ready();
        return handler(...args);
      }),
    );
  }
  return owned;
}

/**
 * Handlers of a part of the extension that is loaded when one of them first runs. Several that run meanwhile wait for the
 * same load, and then run in their order.
 */
export function loadedLater<Id extends string>(ids: readonly Id[], load: () => Promise<Readonly<Record<Id, Handler>>>): Handlers {
  const loaded = once(load);
  const later = (id: Id): Handler => async (...args: never[]) => (await loaded())[id](...args);
  return Object.fromEntries(ids.map((id) => [id, later(id)]));
}
