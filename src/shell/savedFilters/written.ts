import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/disposable';
import { settings } from '../../manifest';
import { setContext } from '../contextKeys';

/** Whose settings: the workspace's, which a team can share, or the user's own. */
export type SavedIn = 'workspace' | 'user';

/** By their names, as the settings have them. Of one place alone: what VS Code merges of both could not be told apart again. */
export function writtenFilters(savedIn: SavedIn): Readonly<Record<string, unknown>> {
  const places = vscode.workspace.getConfiguration().inspect<unknown>(settings.savedFilters.id);
  const value = savedIn === 'workspace' ? places?.workspaceValue : places?.globalValue;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function hasSavedFilters(): boolean {
  return (['workspace', 'user'] as const).some((savedIn) => Object.keys(writtenFilters(savedIn)).length > 0);
}

/** Keeps the context key equal to the settings. */
export function mirrorSavedFilters(): Disposable {
  const tell = (): void => setContext({ hasSavedFilters: hasSavedFilters() });
  tell();
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(settings.savedFilters.id)) tell();
  });
}
