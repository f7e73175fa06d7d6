import type { App } from '../app';

/** What a command does. What it returns goes to the caller of `vscode.commands.executeCommand`. */
export type Handler = (app: App, ...args: never[]) => unknown;
