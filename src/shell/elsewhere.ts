import { commands as vscodeCommands, l10n } from 'vscode';
import { commands } from '../manifest';
import { notify } from './notify';
import type { ConversationTarget } from './targets';
import { hostOf } from './words/errors';

/**
 * Whether conversations are the current account's server's; says whose they are where not. Whoever has an id can read its
 * conversation: no other server is told of it.
 * @param origin of the current account's API
 */
export function isTheirServer(origin: string, targets: readonly Pick<ConversationTarget, 'origin'>[]): boolean {
  const other = targets.find((target) => target.origin !== undefined && target.origin !== origin)?.origin;
  if (other === undefined) return true;
  const switchAccount = l10n.t('Switch Account');
  const said = l10n.t('This conversation is on {0}. Switch to an account on that server.', hostOf(other));
  void notify.info(said, switchAccount).then((chosen) => {
    if (chosen === switchAccount) return vscodeCommands.executeCommand(commands.switchAccount);
    return undefined;
  });
  return false;
}
