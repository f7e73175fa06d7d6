import * as vscode from 'vscode';
import { commands, views, type CommandId, type InternalCommandId } from '../../manifest';
import type { App } from '../app';
import * as account from './account';
import * as calls from './calls';
import * as compare from './compare';
import * as copy from './copy';
import * as filter from './filter/filter';
import * as find from './find';
import * as follow from './follow';
import * as groups from './groups';
import * as groupBy from './groupBy';
import type { Handler } from './handler';
import * as label from './label';
import * as loading from './loading';
import * as openLatest from './openLatest';
import * as panel from './panel';
import * as rows from './rows';
import * as running from './running';
import * as savedFilters from './savedFilters';
import * as search from './search';
import * as usage from './usage';

/** Every command's handler. Add new handlers to a module's `handlers`; the compiler reports IDs without one. */
const handlers: Readonly<Record<CommandId | InternalCommandId, Handler>> = {
  ...account.handlers,
  ...calls.handlers,
  ...compare.handlers,
  ...copy.handlers,
  ...filter.handlers,
  ...find.handlers,
  ...follow.handlers,
  ...groups.handlers,
  ...groupBy.handlers,
  ...label.handlers,
  ...loading.handlers,
  ...openLatest.handlers,
  ...panel.handlers,
  ...rows.handlers,
  ...running.handlers,
  ...savedFilters.handlers,
  ...search.handlers,
  ...usage.handlers,
  // Large and rarely used.
  ...createLazyHandlers(() => import('./export/export'), [commands.exportConversations, commands.exportFromView]),
  ...createLazyHandlers(() => import('../testing'), [commands.saveAsTest, commands.openTestConversation]),
  [commands.openSettings]: ({ context }: App) =>
    vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
  [commands.showLog]: ({ log }: App) => log.show(),
};

/** Commands that change the rows of the view. They also run from the Command Palette while the view is hidden. */
const changesView: ReadonlySet<string> = new Set([
  commands.refresh,
  commands.reload,
  commands.loadMore,
  commands.loadAll,
  commands.groupBy,
  commands.filter,
  commands.clearFilter,
  commands.applySavedFilter,
]);

/** Finds a command's handler. Resolves when the handler can run. */
export async function findHandler(app: App, id: CommandId | InternalCommandId): Promise<(...args: never[]) => unknown> {
  if (changesView.has(id) && !app.view.visible)
    await vscode.commands.executeCommand(`${views.conversations}.focus`, { preserveFocus: true });
  // VS Code reports the selection with a delay.
  if (!(id in account.handlers)) await app.provider.scheduler.whenSettled;
  return (...args) => handlers[id](app, ...args);
}

/** Creates handlers that load their module when one of them first runs. */
function createLazyHandlers<Id extends string>(
  load: () => Promise<{ readonly handlers: Readonly<Record<Id, Handler>> }>,
  ids: readonly Id[],
): Record<Id, Handler> {
  const later = (id: Id): Handler => {
    return async (app, ...args) => (await load()).handlers[id](app, ...args);
  };
  return Object.fromEntries(ids.map((id) => [id, later(id)])) as Record<Id, Handler>;
}
