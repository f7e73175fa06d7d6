import { commands as vscodeCommands, l10n, window } from 'vscode';
import type { ConversationStore } from '../../../core/store/store';
import type { RefreshOutcome } from '../../../core/store/snapshot';
import type { TreeModel } from '../../../core/view/treeModel';
import { views } from '../../../manifest';
import { newConversationsWords } from '../../words/counts';

export interface RefreshDependencies {
  readonly store: ConversationStore;
  readonly model: () => TreeModel;
}

/** `aiployees.refresh`: looks for what is new or changed in the lists that were opened, and says how much was found. */
export function refresh({ store, model }: RefreshDependencies) {
  return async (): Promise<void> => {
    if (!wasOpened(model())) return showView();
    // A range of days that moves with the clock may mean other days by now.
    store.requery();
    const outcome = await window.withProgress({ location: { viewId: views.conversations } }, () =>
      store.refresh(model().lists),
    );
    window.setStatusBarMessage(outcomeWords(outcome), 5000);
  };
}

/** Whether any list of the tree was asked for: what was never looked at has nothing to read again. */
export function wasOpened(model: TreeModel): boolean {
  return model.lists.some((key) => (model.list(key)?.state.kind ?? 'unopened') !== 'unopened');
}

/** Looking at the view is what reads it first. */
export async function showView(): Promise<void> {
  await vscodeCommands.executeCommand(`${views.conversations}.focus`);
}

function outcomeWords({ added, changed, failed }: RefreshOutcome): string {
  if (failed > 0 && added + changed === 0) return l10n.t("Couldn't refresh the conversations");
  const isNew = newConversationsWords(added);
  const isChanged = changed === 1 ? l10n.t('1 changed') : l10n.t('{0} changed', changed);
  if (added > 0 && changed > 0) return `${isNew}, ${isChanged}`;
  if (added > 0) return isNew;
  if (changed > 0)
    return changed === 1 ? l10n.t('1 conversation changed') : l10n.t('{0} conversations changed', changed);
  return l10n.t('No new conversations');
}
