import * as vscode from 'vscode';
import type { Filter } from '../../core/model/query';
import { checkFilter, type CheckedFilter } from '../../core/view/savedFilter';
import { settings } from '../../manifest';
import { writtenFilters, type SavedIn } from './written';

export interface SavedFilter {
  readonly name: string;
  readonly savedIn: SavedIn;
  readonly checked: CheckedFilter;
}

const targets: Readonly<Record<SavedIn, vscode.ConfigurationTarget>> = {
  workspace: vscode.ConfigurationTarget.Workspace,
  user: vscode.ConfigurationTarget.Global,
};

/** The filters that have a name. They are in the settings, and nowhere else. */
export class SavedFilters {
  /** The workspace's first; each as the settings list them. */
  get list(): readonly SavedFilter[] {
    return (['workspace', 'user'] as const).flatMap((savedIn) =>
      Object.entries(writtenFilters(savedIn)).map(([name, value]) => ({ name, savedIn, checked: checkFilter(value) })),
    );
  }

  get hasWorkspace(): boolean {
    return vscode.workspace.workspaceFolders !== undefined;
  }

  has(name: string, savedIn: SavedIn): boolean {
    return Object.hasOwn(writtenFilters(savedIn), name);
  }

  /** @throws what VS Code says, such as that the settings file can't be written. */
  async save(name: string, savedIn: SavedIn, filter: Filter): Promise<void> {
    await this.write(savedIn, { ...writtenFilters(savedIn), [name]: filter });
  }

  /** Keeps its place in the list. @throws as `save` does */
  async rename({ name, savedIn }: SavedFilter, next: string): Promise<void> {
    const others = Object.entries(writtenFilters(savedIn)).filter(([each]) => each !== next);
    await this.write(savedIn, Object.fromEntries(others.map(([each, value]) => [each === name ? next : each, value])));
  }

  /** @throws as `save` does */
  async remove({ name, savedIn }: SavedFilter): Promise<void> {
    const others = Object.entries(writtenFilters(savedIn)).filter(([each]) => each !== name);
    await this.write(savedIn, others.length === 0 ? undefined : Object.fromEntries(others));
  }

  private async write(savedIn: SavedIn, value: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    await vscode.workspace.getConfiguration().update(settings.savedFilters.id, value, targets[savedIn]);
  }
}
