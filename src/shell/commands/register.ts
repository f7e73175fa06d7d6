import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/disposable';

/** What a command does. What it returns goes to whoever executed it by its id. */
export type Handler = (...args: never[]) => unknown;

/** By the command's id. */
export type Handlers = Readonly<Record<string, Handler>>;

/** Registers commands by id. */
export function registerCommands(handlers: Handlers): Disposable {
  const owned = new DisposableStore();
  for (const [id, handler] of Object.entries(handlers)) {
    owned.add(vscode.commands.registerCommand(id, handler as (...args: unknown[]) => unknown));
  }
  return owned;
}
