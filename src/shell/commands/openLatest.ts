import { ProgressLocation, commands as vscodeCommands, l10n, window } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import { parseInstant } from '../../core/text/time';
import { isEmpty, createRowFilter, toServerQuery, withPart } from '../../core/view/filter';
import { commands } from '../../manifest';
import type { App } from '../app';
import { listActivity } from '../format/activity';
import { formatFilter } from '../format/filter';
import { notify, reportError } from '../notify';
import { loadTestRow } from './rerun';

export const handlers = { [commands.openLatestTest]: openLatestTest };

const type = 'test';

/** Opens the newest test conversation that matches the filter, after one request for new ones. The view follows. */
async function openLatestTest(app: App): Promise<void> {
  const api = await app.api();
  if (api === undefined) return void (await vscodeCommands.executeCommand(commands.setApiKey));
  const options = { location: ProgressLocation.Window, title: l10n.t('Loading test conversations') };
  const rows = await window.withProgress(options, () => loadNewest(app, api));
  if (rows === undefined || (await app.api()) !== api) return;
  const latest = findLatest(app, [...rows, ...app.store.snapshot.rows]);
  if (latest === undefined) return reportNone(app);
  app.details.show(latest.id, { preserveFocus: false });
  // Until its row is loaded, the panel lacks its facts and its message box.
  await loadTestRow(app, latest.id);
  if (app.view.visible && (await app.api()) === api) await app.view.reveal(latest.id);
}

/** The first page of test conversations; undefined if it can't be loaded, which is reported. */
async function loadNewest(app: App, api: ConversationsApi): Promise<readonly Conversation[] | undefined> {
  const { signal } = new AbortController();
  const request = { pointer: undefined, pageSize: app.config.pageSize };
  try {
    return (await api.listConversations(toServerQuery(app.viewState.filter, type, app.clock()), request, { signal }))
      .rows;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reportError(error, listActivity(type));
    return undefined;
  }
}

/** One pass over the rows. */
function findLatest(app: App, rows: readonly Conversation[]): Conversation | undefined {
  const { zone } = app.clock();
  const filter = withPart(app.viewState.filter, 'type', type);
  const matches = createRowFilter(filter, app.filterContext());
  let latest: Conversation | undefined;
  let latestInstant = -Infinity;
  for (const row of rows) {
    if (matches?.(row) === false) continue;
    const instant = parseInstant(row.createdAt, zone) ?? -Infinity;
    if (latest !== undefined && instant <= latestInstant) continue;
    latest = row;
    latestInstant = instant;
  }
  return latest;
}

async function reportNone({ viewState }: App): Promise<void> {
  const others = withPart(viewState.filter, 'type', undefined);
  if (isEmpty(others)) return void notify.info(l10n.t('There are no test conversations yet.'));
  const clear = l10n.t('Clear Filter');
  const message = l10n.t('No test conversation matches the filter: {0}.', formatFilter(others));
  if ((await notify.info(message, clear)) === clear) await viewState.setFilter({});
}
