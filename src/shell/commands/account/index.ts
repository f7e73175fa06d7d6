import { commands } from '../../../manifest';
import type { Session } from '../../session/session';
import { loadedLater } from '../handlers';

/** The commands about key and accounts. */
export function accountCommands(session: Session) {
  const { setApiKey, clearApiKey, addAccount, switchAccount, removeAccount, exploreSampleData, leaveSampleData } =
    commands;
  const ids = [setApiKey, clearApiKey, addAccount, switchAccount, removeAccount, exploreSampleData, leaveSampleData];
  return loadedLater(ids, async () => (await import('./handlers')).accountHandlers(session));
}
