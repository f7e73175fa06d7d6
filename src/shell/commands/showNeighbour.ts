import { l10n, window } from 'vscode';
import type { TreeModel } from '../../core/view/treeModel';

export interface NeighbourDependencies {
  /** The conversation of the panel that has the focus. */
  readonly active: () => string | undefined;
  readonly model: () => TreeModel;
  /** Opens a conversation and selects its row. */
  readonly show: (conversationId: string) => Promise<void>;
}

/** `Next Conversation`, `Previous Conversation`: the order is the tree's. */
export function showNeighbour({ active, model, show }: NeighbourDependencies): (step: 1 | -1) => Promise<void> {
  return async (step) => {
    const from = active();
    const to = from === undefined ? undefined : model().neighbour(from, step);
    if (to !== undefined) return show(to);
    const words = step === 1 ? l10n.t('No more conversations loaded') : l10n.t('No previous conversation in the view');
    window.setStatusBarMessage(words, 4000);
  };
}
