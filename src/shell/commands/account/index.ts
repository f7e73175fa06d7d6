import * as vscode from 'vscode';
import { commands, type CommandId } from '../../../manifest';
import { DisposableStore, type Disposable } from '../../../core/util/disposable';
import type { Session } from '../../session/session';
import { addAccount } from './addAccount';
import { clearApiKey } from './clearApiKey';
import { exploreSampleData } from './exploreSampleData';
import { leaveSampleData } from './leaveSampleData';
import { removeAccount } from './removeAccount';
import { setApiKey } from './setApiKey';
import { switchAccount } from './switchAccount';

/** Registers the commands about key and accounts. Each rejects with what it could not tell the user itself. */
export function registerAccountCommands(session: Session): Disposable {
  const owned = new DisposableStore();
  const register = (id: CommandId, run: (session: Session, argument?: unknown) => Promise<void>): void => {
    owned.add(vscode.commands.registerCommand(id, (argument?: unknown) => run(session, argument)));
  };
  register(commands.setApiKey, setApiKey);
  register(commands.clearApiKey, clearApiKey);
  register(commands.addAccount, addAccount);
  register(commands.switchAccount, switchAccount);
  register(commands.removeAccount, removeAccount);
  register(commands.exploreSampleData, exploreSampleData);
  register(commands.leaveSampleData, leaveSampleData);
  return owned;
}
