import { l10n } from 'vscode';
import type { App } from './app';
import { notify } from './notify';
import type { ConversationTarget } from './targets';

/** The conversations that a command acts on; without any, the user gets a hint. */
export function targetsOrHint(app: Pick<App, 'targets'>, args: readonly unknown[]): readonly ConversationTarget[] {
  const found = app.targets(args);
  if (found.length === 0) {
    void notify.info(l10n.t('Select a conversation in the Conversations view, or open one.'));
  }
  return found;
}
