import { commands as vscodeCommands } from 'vscode';
import { commands } from '../../../manifest';
import type { LoadingDependencies } from './index';
import { loadAll } from './loadAll';
import { refresh } from './refresh';
import { reload } from './reload';

/** What reads lists anew, or to their end. */
export function loadingHandlers(dependencies: LoadingDependencies) {
  const loadAllOf = loadAll(dependencies);
  /** The palette offers it before anybody has looked for a key. */
  const load = async (argument?: unknown): Promise<void> => {
    if ((await dependencies.api()) === undefined) await vscodeCommands.executeCommand(commands.setApiKey);
    else await loadAllOf(argument);
  };
  return {
    [commands.refresh]: refresh(dependencies),
    [commands.reload]: reload(dependencies),
    [commands.loadAll]: load,
    // From the view's title, where VS Code passes the row that has the focus.
    [commands.loadAllLists]: () => load(),
  };
}
