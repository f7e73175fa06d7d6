import * as vscode from 'vscode';
import { isEmpty } from '../../../core/view/filter';
import { longestName } from '../../../core/view/savedFilter';
import { notify } from '../../notify';
import type { SavedIn } from '../../savedFilters/written';
import { filterWords } from '../../words/filter';
import { askForName, changed, mayReplace } from './askForName';
import type { SavedFilterDeps } from './deps';

/** `Save Filter…`: gives the current filter a name. Days that move with the clock go on doing so. */
export function createSaveFilter({ saved, viewState }: SavedFilterDeps): () => Promise<void> {
  return async () => {
    // As it is now: the questions take their time.
    const { filter } = viewState;
    if (isEmpty(filter)) {
      void notify.info(vscode.l10n.t("No filter is set, so there's nothing to save."));
      return;
    }
    const name = await askForName(vscode.l10n.t('Save Filter'), filterWords(filter).slice(0, longestName));
    if (name === undefined) return;
    const savedIn = saved.hasWorkspace ? await askWhere() : 'user';
    if (savedIn === undefined || (saved.has(name, savedIn) && !(await mayReplace(name)))) return;
    if (await changed(saved.save(name, savedIn, filter))) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('Filter saved'), 4000);
    }
  };
}

async function askWhere(): Promise<SavedIn | undefined> {
  const choice = (value: SavedIn, label: string, detail: string) => ({ value, label, detail });
  const picked = await vscode.window.showQuickPick(
    [
      choice(
        'workspace',
        vscode.l10n.t('This Workspace'),
        vscode.l10n.t('In workspace settings, shared with everyone who opens the workspace'),
      ),
      choice(
        'user',
        vscode.l10n.t('Only for Me'),
        vscode.l10n.t('In your user settings, available in every workspace'),
      ),
    ],
    {
      title: vscode.l10n.t('Save Filter'),
      placeHolder: vscode.l10n.t('Select where to save the filter'),
      ignoreFocusOut: true,
    },
  );
  return picked?.value;
}
