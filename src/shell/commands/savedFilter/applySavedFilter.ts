import * as vscode from 'vscode';
import type { Filter } from '../../../core/model/query';
import { visible } from '../../../core/text/label';
import { withPart } from '../../../core/view/filter';
import { notify } from '../../notify';
import type { SavedFilter } from '../../savedFilters/savedFilters';
import { assistantFilterWords } from '../../words/filter';
import { askForName, changed, mayReplace } from './askForName';
import type { SavedFilterDeps } from './deps';
import { pickSavedFilter } from './pick';

/** `Apply Saved Filter…`: also where they are renamed and deleted. */
export function createApplySavedFilter(deps: SavedFilterDeps): () => Promise<void> {
  return async () => {
    for (;;) {
      if (deps.saved.list.length === 0) {
        void notify.info(vscode.l10n.t('No saved filters.'));
        return;
      }
      const picked = await pickSavedFilter(deps.saved.list);
      switch (picked?.does) {
        case undefined:
          return;
        case 'rename':
          await rename(deps, picked.saved);
          break;
        case 'remove':
          await remove(deps, picked.saved);
          break;
        case 'apply':
          await deps.viewState.setFilter(picked.filter);
          return tellOfOtherAssistant(deps, picked.filter);
      }
      if (deps.saved.list.length === 0) return;
    }
  };
}

async function rename({ saved }: SavedFilterDeps, filter: SavedFilter): Promise<void> {
  const name = await askForName(vscode.l10n.t('Rename Saved Filter'), filter.name);
  if (name === undefined || name === filter.name) return;
  if (saved.has(name, filter.savedIn) && !(await mayReplace(name))) return;
  await changed(saved.rename(filter, name));
}

async function remove({ saved }: SavedFilterDeps, filter: SavedFilter): Promise<void> {
  const remove = vscode.l10n.t('Delete');
  const name = visible(filter.name);
  const question =
    filter.savedIn === 'workspace'
      ? vscode.l10n.t('Delete the saved filter "{0}" from the workspace settings?', name)
      : vscode.l10n.t('Delete the saved filter "{0}" from your user settings?', name);
  if ((await notify.warn(question, { modal: true }, remove)) !== remove) return;
  await changed(saved.remove(filter));
}

/** Another account has other assistants: with one of them in the filter, nothing can match. */
async function tellOfOtherAssistant({ viewState, snapshot, api }: SavedFilterDeps, filter: Filter): Promise<void> {
  const { assistant } = filter;
  if (assistant === undefined || snapshot().rows.some(({ assistantId }) => assistantId === assistant.uuid)) return;
  const asked = await api();
  if (asked === undefined) return;
  try {
    const listed = await asked.listAssistants({ signal: new AbortController().signal });
    if (listed.some(({ uuid }) => uuid === assistant.uuid)) return;
  } catch {
    // Servers need not list assistants. Whether it is among them is then not known, and the rows tell what matches.
    return;
  }
  if (viewState.filter.assistant?.uuid !== assistant.uuid) return;
  const leaveOut = vscode.l10n.t('Remove Assistant from Filter');
  const words = vscode.l10n.t(
    "The filter uses the assistant {0}, which this account doesn't have.",
    assistantFilterWords(assistant),
  );
  if ((await notify.info(words, leaveOut)) !== leaveOut) return;
  await viewState.setFilter(withPart(viewState.filter, 'assistant', undefined));
}
