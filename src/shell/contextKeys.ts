import { commands } from 'vscode';
import { contextKeys, type ContextKey, type ContextValues } from '../manifest';

const sentValues = new Map<ContextKey, unknown>();

/** Sets context keys. Sends only changes to VS Code. */
export function setContext(values: Partial<ContextValues>): void {
  for (const [key, value] of Object.entries(values) as [ContextKey, unknown][]) {
    if (sentValues.has(key) && sentValues.get(key) === value) continue;
    sentValues.set(key, value);
    void commands.executeCommand('setContext', contextKeys[key], value);
  }
}
