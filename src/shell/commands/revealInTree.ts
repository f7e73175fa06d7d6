import { l10n } from 'vscode';
import { notify } from '../notify';

export interface RevealDependencies {
  /** The conversation whose panel has the focus. */
  readonly active: () => string | undefined;
  /** @returns whether the tree has a row for it */
  readonly reveal: (conversationId: string) => Promise<boolean>;
}

/** `aiployees.revealInTree`: selects the row of the conversation in the focused panel. */
export function revealInTree({ active, reveal }: RevealDependencies) {
  return async (): Promise<void> => {
    const id = active();
    if (id === undefined || (await reveal(id))) return;
    void notify.info(l10n.t("This conversation isn't in the view. It isn't loaded yet, or the filter hides it."));
  };
}
