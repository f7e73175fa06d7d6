import { commands } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/event';

/** Registers commands. @param findHandler is called when a command runs, and may wait */
export function registerCommands<Id extends string>(
  ids: readonly Id[],
  findHandler: (id: Id) => Promise<(...args: never[]) => unknown>,
): Disposable {
  const owned = new DisposableStore();
  let isDisposed = false;
  owned.add({ dispose: () => (isDisposed = true) });
  for (const id of ids) {
    owned.add(
      commands.registerCommand(id, async (...args: never[]) => {
        const handle = await findHandler(id);
        return isDisposed ? undefined : handle(...args);
      }),
    );
  }
  return owned;
}
