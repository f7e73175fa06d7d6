import { commands } from 'vscode';
import { contextKeys, type ContextKey, type ContextValues } from '../manifest';

const told = new Map<ContextKey, unknown>();

/** Tells when clauses what holds now; VS Code hears of differences only. */
export function setContext(values: Partial<ContextValues>): void {
  for (const [key, value] of Object.entries(values) as [ContextKey, unknown][]) {
    if (told.has(key) && told.get(key) === value) continue;
    told.set(key, value);
    void commands.executeCommand('setContext', contextKeys[key], value);
  }
}
