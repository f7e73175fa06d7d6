import { l10n, window } from 'vscode';
import { commands } from '../../manifest';
import type { App } from '../app';
import { notify } from '../notify';
import { findTargetsOrHint } from '../targets';

export const handlers = {
  [commands.openConversation]: openConversations,
  [commands.openAsJson]: async (app: App, ...args: unknown[]) =>
    (await app.documents()).open(findTargetsOrHint(app, args), 'json'),
  [commands.openAsMarkdown]: async (app: App, ...args: unknown[]) =>
    (await app.documents()).open(findTargetsOrHint(app, args), 'markdown'),
  [commands.nextConversation]: (app: App) => showNeighbor(app, 1),
  [commands.previousConversation]: (app: App) => showNeighbor(app, -1),
  [commands.revealInTree]: revealActive,
  [commands.keepOpen]: ({ details }: App) => details.pin(),
  [commands.reloadConversation]: ({ details }: App) => details.reload(),
};

/** Opens one conversation in the preview panel, several in a panel each. */
function openConversations(app: App, ...args: unknown[]): void {
  const targets = findTargetsOrHint(app, args);
  const keep = targets.length > 1;
  for (const { id, origin } of targets) app.details.show(id, { preserveFocus: false, pin: keep, origin });
}

/** Opens the conversation above or below the active panel's, in the tree's order. */
async function showNeighbor(app: App, step: 1 | -1): Promise<void> {
  const from = app.details.active?.id;
  const to = from === undefined ? undefined : app.provider.model.findNeighbor(from, step);
  if (to !== undefined) return showAndReveal(app, to);
  const message = step === 1 ? l10n.t('No more conversations loaded') : l10n.t('No previous conversation in the view');
  window.setStatusBarMessage(message, 4000);
}

async function revealActive({ details, view }: App): Promise<void> {
  const id = details.active?.id;
  if (id === undefined || (await view.reveal(id))) return;
  void notify.info(l10n.t("This conversation isn't in the view. It isn't loaded yet, or the filter hides it."));
}

/** Opens a conversation and selects its row if it's in the tree. */
export async function showAndReveal({ details, view }: App, id: string): Promise<void> {
  details.show(id, { preserveFocus: false });
  await view.reveal(id);
}
