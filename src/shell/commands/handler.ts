import type { App } from '../app';

/** A command's implementation. Its result goes to the caller of `vscode.commands.executeCommand`. */
export type Handler = (app: App, ...args: never[]) => unknown;
