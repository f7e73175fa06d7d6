import { commands } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/event';

/**
 * Registers commands by id.
 * @param handlerOf is asked when a command is run, and may wait for what it needs
 */
export function registerCommands<Id extends string>(
  ids: readonly Id[],
  handlerOf: (id: Id) => Promise<(...args: never[]) => unknown>,
): Disposable {
  const owned = new DisposableStore();
  let disposed = false;
  owned.add({ dispose: () => (disposed = true) });
  for (const id of ids) {
    owned.add(
      commands.registerCommand(id, async (...args: never[]) => {
        const handle = await handlerOf(id);
        return disposed ? undefined : handle(...args);
      }),
    );
  }
  return owned;
}
