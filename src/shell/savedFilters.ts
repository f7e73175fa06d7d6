import * as vscode from 'vscode';
import type { Filter } from '../core/model/query';
import type { Disposable } from '../core/util/event';
import { type CheckedFilter, checkFilter } from '../core/view/filterParse';
import { settings } from '../manifest';
import { setContext } from './contextKeys';

export interface SavedFilter {
  readonly name: string;
  readonly savedIn: SavedIn;
  readonly checked: CheckedFilter;
}

const targets: Readonly<Record<SavedIn, vscode.ConfigurationTarget>> = {
  workspace: vscode.ConfigurationTarget.Workspace,
  user: vscode.ConfigurationTarget.Global,
};

/** The named filters in the settings. */
class SavedFilters {
  /** The workspace's filters, then the user's. */
  get list(): readonly SavedFilter[] {
    return (['workspace', 'user'] as const).flatMap((savedIn) =>
      Object.entries(readSavedFilters(savedIn)).map(([name, value]) => ({
        name,
        savedIn,
        checked: checkFilter(value),
      })),
    );
  }

  get hasWorkspace(): boolean {
    return vscode.workspace.workspaceFolders !== undefined;
  }

  has(name: string, savedIn: SavedIn): boolean {
    return Object.hasOwn(readSavedFilters(savedIn), name);
  }

  /** @throws VS Code's error, for example if the settings file can't be written */
  async save(name: string, savedIn: SavedIn, filter: Filter): Promise<void> {
    await this.write(savedIn, { ...readSavedFilters(savedIn), [name]: filter });
  }

  /** Keeps the filter's position in the list. @throws as `save` does */
  async rename({ name, savedIn }: SavedFilter, next: string): Promise<void> {
    const others = Object.entries(readSavedFilters(savedIn)).filter(([each]) => each !== next);
    await this.write(savedIn, Object.fromEntries(others.map(([each, value]) => [each === name ? next : each, value])));
  }

  /** @throws as `save` does */
  async remove({ name, savedIn }: SavedFilter): Promise<void> {
    const others = Object.entries(readSavedFilters(savedIn)).filter(([each]) => each !== name);
    await this.write(savedIn, others.length === 0 ? undefined : Object.fromEntries(others));
  }

  private async write(savedIn: SavedIn, value: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    await vscode.workspace.getConfiguration().update(settings.savedFilters.id, value, targets[savedIn]);
  }
}

export const savedFilters = new SavedFilters();

/** The workspace's settings, which a team can share, or the user's. */
export type SavedIn = 'workspace' | 'user';

/** Reads one level's filters by name. VS Code's merged value wouldn't show which level each filter is from. */
export function readSavedFilters(savedIn: SavedIn): Readonly<Record<string, unknown>> {
  const places = vscode.workspace.getConfiguration().inspect<unknown>(settings.savedFilters.id);
  const value = savedIn === 'workspace' ? places?.workspaceValue : places?.globalValue;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function hasSavedFilters(): boolean {
  return (['workspace', 'user'] as const).some((savedIn) => Object.keys(readSavedFilters(savedIn)).length > 0);
}

/** Keeps the context key up to date with the settings. */
export function mirrorSavedFilters(): Disposable {
  const update = (): void => setContext({ hasSavedFilters: hasSavedFilters() });
  update();
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(settings.savedFilters.id)) update();
  });
}
