import * as vscode from 'vscode';
import type { Filter } from '../../core/model/query';
import { visible } from '../../core/text/label';
import type { SavedFilter } from '../savedFilters/savedFilters';
import type { SavedIn } from '../savedFilters/written';
import { checkedFilterWords } from '../words/filter';
import { keepOrder, plainLabel } from './quickPick';

export type PickedFilter =
  | { readonly does: 'apply'; readonly saved: SavedFilter; readonly filter: Filter }
  | { readonly does: 'rename' | 'remove'; readonly saved: SavedFilter };

interface FilterItem extends vscode.QuickPickItem {
  readonly saved?: SavedFilter;
}

/** Lists the saved filters, with what each shows. One that can't be applied says why, and stays where it is. */
export function pickSavedFilter(list: readonly SavedFilter[]): Promise<PickedFilter | undefined> {
  const rename = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Rename') };
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };
  const pick = vscode.window.createQuickPick<FilterItem>();
  pick.title = vscode.l10n.t('Apply Saved Filter');
  pick.placeholder = vscode.l10n.t('Select a saved filter');
  pick.matchOnDescription = true;
  keepOrder(pick);
  pick.items = (['workspace', 'user'] as const).flatMap((savedIn): FilterItem[] => {
    const items = list.filter((saved) => saved.savedIn === savedIn).map((saved) => itemOf(saved, [rename, remove]));
    return items.length === 0
      ? []
      : [{ label: placeWords(savedIn), kind: vscode.QuickPickItemKind.Separator }, ...items];
  });
  return new Promise((resolve) => {
    const answer = (picked: PickedFilter | undefined): void => {
      resolve(picked);
      listening.dispose();
      pick.dispose();
    };
    const listening = vscode.Disposable.from(
      pick.onDidTriggerItemButton(({ item: { saved }, button }) => {
        if (saved !== undefined) answer({ does: button === rename ? 'rename' : 'remove', saved });
      }),
      pick.onDidAccept(() => {
        const saved = (pick.selectedItems[0] ?? pick.activeItems[0])?.saved;
        if (saved?.checked.kind === 'filter') answer({ does: 'apply', saved, filter: saved.checked.filter });
      }),
      pick.onDidHide(() => answer(undefined)),
    );
    pick.show();
  });
}

function itemOf(saved: SavedFilter, buttons: readonly vscode.QuickInputButton[]): FilterItem {
  const { name, checked } = saved;
  return {
    label: plainLabel(visible(name)),
    description: plainLabel(checkedFilterWords(checked)),
    ...(checked.kind !== 'filter' && { iconPath: new vscode.ThemeIcon('warning') }),
    buttons,
    saved,
  };
}

function placeWords(savedIn: SavedIn): string {
  return savedIn === 'workspace' ? vscode.l10n.t('this workspace') : vscode.l10n.t('only for me');
}
