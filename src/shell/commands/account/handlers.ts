import { commands } from '../../../manifest';
import type { Session } from '../../session/session';
import { addAccount } from './addAccount';
import { clearApiKey } from './clearApiKey';
import { exploreSampleData } from './exploreSampleData';
import { leaveSampleData } from './leaveSampleData';
import { removeAccount } from './removeAccount';
import { setApiKey } from './setApiKey';
import { switchAccount } from './switchAccount';

/** What the commands about key and accounts do. Each rejects with what it could not tell the user itself. */
export function accountHandlers(session: Session) {
  return {
    [commands.setApiKey]: (argument?: unknown) => setApiKey(session, argument),
    [commands.clearApiKey]: () => clearApiKey(session),
    [commands.addAccount]: () => addAccount(session),
    [commands.switchAccount]: () => switchAccount(session),
    [commands.removeAccount]: () => removeAccount(session),
    [commands.exploreSampleData]: () => exploreSampleData(session),
    [commands.leaveSampleData]: () => leaveSampleData(session),
  };
}
