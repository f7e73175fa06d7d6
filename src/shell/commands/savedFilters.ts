import * as vscode from 'vscode';
import type { Filter } from '../../core/model/query';
import { toVisibleLine } from '../../core/text/title';
import { isEmpty, withPart } from '../../core/view/filter';
import { maxFilterNameChars, parseFilterName } from '../../core/view/filterParse';
import { commands } from '../../manifest';
import type { App } from '../app';
import { notify } from '../notify';
import { type SavedFilter, savedFilters, type SavedIn } from '../savedFilters';
import { formatAssistantFilter, formatCheckedFilter, formatFilter } from '../format/filter';
import { keepOrder, plainLabel } from './quickPick';

export type PickedFilter =
  | { readonly does: 'apply'; readonly saved: SavedFilter; readonly filter: Filter }
  | { readonly does: 'rename' | 'remove'; readonly saved: SavedFilter };

interface FilterItem extends vscode.QuickPickItem {
  readonly saved?: SavedFilter;
}

/** Lists the saved filters with their terms. An invalid filter shows why it can't be applied. */
export function pickSavedFilter(list: readonly SavedFilter[]): Promise<PickedFilter | undefined> {
  const rename = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Rename') };
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };
  const pick = vscode.window.createQuickPick<FilterItem>();
  pick.title = vscode.l10n.t('Apply Saved Filter');
  pick.placeholder = vscode.l10n.t('Select a saved filter');
  pick.matchOnDescription = true;
  keepOrder(pick);
  pick.items = (['workspace', 'user'] as const).flatMap((savedIn): FilterItem[] => {
    const items = list
      .filter((saved) => saved.savedIn === savedIn)
      .map((saved) => createFilterItem(saved, [rename, remove]));
    return items.length === 0
      ? []
      : [{ label: formatSavedIn(savedIn), kind: vscode.QuickPickItemKind.Separator }, ...items];
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

function createFilterItem(saved: SavedFilter, buttons: readonly vscode.QuickInputButton[]): FilterItem {
  const { name, checked } = saved;
  return {
    label: plainLabel(toVisibleLine(name)),
    description: plainLabel(formatCheckedFilter(checked)),
    ...(checked.kind !== 'filter' && { iconPath: new vscode.ThemeIcon('warning') }),
    buttons,
    saved,
  };
}

function formatSavedIn(savedIn: SavedIn): string {
  return savedIn === 'workspace' ? vscode.l10n.t('this workspace') : vscode.l10n.t('only for me');
}

export const handlers = { [commands.saveFilter]: saveFilter, [commands.applySavedFilter]: applySavedFilter };

/** Saves the current filter under a name. A relative date range stays relative. */
async function saveFilter({ viewState }: App): Promise<void> {
  // The filter may change while the user answers.
  const { filter } = viewState;
  if (isEmpty(filter)) {
    void notify.info(vscode.l10n.t("No filter is set, so there's nothing to save."));
    return;
  }
  const name = await askForName(vscode.l10n.t('Save Filter'), formatFilter(filter).slice(0, maxFilterNameChars));
  if (name === undefined) return;
  const savedIn = savedFilters.hasWorkspace ? await askWhere() : 'user';
  if (savedIn === undefined || (savedFilters.has(name, savedIn) && !(await mayReplace(name)))) return;
  if (await applyChange(savedFilters.save(name, savedIn, filter))) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Filter saved'), 4000);
  }
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

/** Applies, renames or deletes a saved filter. */
async function applySavedFilter(app: App): Promise<void> {
  for (;;) {
    if (savedFilters.list.length === 0) {
      void notify.info(vscode.l10n.t('No saved filters.'));
      return;
    }
    const picked = await pickSavedFilter(savedFilters.list);
    switch (picked?.does) {
      case undefined:
        return;
      case 'rename':
        await rename(picked.saved);
        break;
      case 'remove':
        await remove(picked.saved);
        break;
      case 'apply':
        await app.viewState.setFilter(picked.filter);
        return offerToRemoveAssistant(app, picked.filter);
    }
    if (savedFilters.list.length === 0) return;
  }
}

async function rename(filter: SavedFilter): Promise<void> {
  const name = await askForName(vscode.l10n.t('Rename Saved Filter'), filter.name);
  if (name === undefined || name === filter.name) return;
  if (savedFilters.has(name, filter.savedIn) && !(await mayReplace(name))) return;
  await applyChange(savedFilters.rename(filter, name));
}

async function remove(filter: SavedFilter): Promise<void> {
  const remove = vscode.l10n.t('Delete');
  const name = toVisibleLine(filter.name);
  const question =
    filter.savedIn === 'workspace'
      ? vscode.l10n.t('Delete the saved filter "{0}" from the workspace settings?', name)
      : vscode.l10n.t('Delete the saved filter "{0}" from your user settings?', name);
  if ((await notify.warn(question, { modal: true }, remove)) !== remove) return;
  await applyChange(savedFilters.remove(filter));
}

/** Another account doesn't have this account's assistants, so nothing would match. */
export async function offerToRemoveAssistant({ viewState, store, api }: App, filter: Filter): Promise<void> {
  const { assistant } = filter;
  if (assistant === undefined || store.snapshot.rows.some(({ assistantId }) => assistantId === assistant.uuid)) return;
  const client = await api();
  if (client === undefined) return;
  try {
    const listed = await client.listAssistants({ signal: new AbortController().signal });
    if (listed.some(({ uuid }) => uuid === assistant.uuid)) return;
  } catch {
    // Not every server lists its assistants, so it's unknown whether this account has it.
    return;
  }
  if (viewState.filter.assistant?.uuid !== assistant.uuid) return;
  const leaveOut = vscode.l10n.t('Remove Assistant from Filter');
  const message = vscode.l10n.t(
    "The filter uses the assistant {0}, which this account doesn't have.",
    formatAssistantFilter(assistant),
  );
  if ((await notify.info(message, leaveOut)) !== leaveOut) return;
  await viewState.setFilter(withPart(viewState.filter, 'assistant', undefined));
}

/** Returns undefined if the user cancels. */
async function askForName(title: string, value: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    value,
    prompt: vscode.l10n.t('Filter name'),
    ignoreFocusOut: true,
    validateInput: (text) => findNameProblem(text),
  });
  return typed === undefined ? undefined : parseFilterName(typed);
}

function findNameProblem(text: string): string | undefined {
  if (parseFilterName(text) !== undefined) return undefined;
  if (text.trim() === '') return vscode.l10n.t('Enter a name.');
  return text.length > maxFilterNameChars
    ? vscode.l10n.t('Use at most {0} characters.', maxFilterNameChars)
    : vscode.l10n.t("This name isn't allowed. Enter another one.");
}

async function mayReplace(name: string): Promise<boolean> {
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('A saved filter named "{0}" already exists. Replace it?', toVisibleLine(name));
  return (await notify.warn(question, { modal: true }, replace)) === replace;
}

/** Changes the settings, or shows why that failed. @returns whether the settings were changed */
async function applyChange(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void notify.error(vscode.l10n.t("Couldn't change the settings: {0}", why));
    return false;
  }
}
