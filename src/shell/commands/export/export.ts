import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import { ApiError } from '../../../core/api/errors';
import { findTotal } from '../../../core/api/paging/paging';
import { DiskError } from '../../../core/export/atomicFile';
import type { ExportSummary } from '../../../core/export/format';
import type { Conversation } from '../../../core/model/conversation';
import type { ListQuery } from '../../../core/model/query';
import { toVisibleLine } from '../../../core/text/title';
import { everyType } from '../../../core/store/snapshot';
import { isAboutCalls, isCounted, toServerQuery, withoutCalls } from '../../../core/view/filter';
import type { GroupNode } from '../../../core/view/treeNodes';
import { commands } from '../../../manifest';
import type { App } from '../../app';
import { apiOf } from '../../session/state';
import { type ConversationTarget, ensureCurrentServer } from '../../targets';
import { notify } from '../../notify';
import { formatConversationCount } from '../../format/counts';
import { hostOf } from '../../format/errors';
import { formatDiskError } from '../../format/exporting';
import { formatFilter } from '../../format/filter';
import { askForOptions, askForFile } from './options';
import { runExport } from './run';

export const handlers = {
  [commands.exportConversations]: exportConversations,
  // VS Code passes the focused row to commands in the view's title. It doesn't count here.
  [commands.exportFromView]: (app: App) => exportConversations(app),
};

/** Returns the loaded conversations of a group that match the filter, if the command's row is a group. */
function findGroupTargets(app: App, [node]: readonly unknown[]): readonly ConversationTarget[] | undefined {
  if (!isGroup(node)) return undefined;
  const origin = apiOf(app.session.state)?.origin;
  return app.model.rowsIn(node).map((conversation) => ({ id: conversation.id, origin, conversation }));
}

function isGroup(node: unknown): node is GroupNode {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'group';
}

let lastFolder: vscode.Uri | undefined;

async function exportConversations(app: App, ...args: unknown[]): Promise<void> {
  const { viewState } = app;
  const api = await app.api();
  if (api === undefined) {
    await vscode.commands.executeCommand(commands.setApiKey);
    return;
  }
  // The filter may change while the user answers or while rows are loaded.
  const targets = findGroupTargets(app, args) ?? app.targets(args);
  const { filter } = viewState;
  const query = toServerQuery(filter, everyType, app.clock());
  const [matches, matchesRest] = [app.rowTest(filter), app.rowTest(withoutCalls(filter))];
  const total = countConversations(api, query);
  const offer = { selected: targets.length, filter: formatFilter(filter), total, atMost: !isCounted(filter) };
  const choice = await askForOptions(offer);
  if (choice === undefined || app.ended.aborted) return;
  const isSelection = choice.covers === 'selection';
  if (isSelection && !ensureCurrentServer(api.origin, targets)) return;
  for (;;) {
    const uri = await askForFile(choice.format, Date.now(), lastFolder);
    if (uri === undefined) return;
    lastFolder = vscode.Uri.joinPath(uri, '..');
    const about = {
      exportedAt: new Date(Date.now()).toISOString(),
      source: hostOf(api.origin),
      covers: choice.covers,
      filter: isSelection ? '' : offer.filter,
      transcripts: choice.transcripts,
      masked: choice.masked,
    };
    const known = isSelection ? targets.length : offer.atMost ? undefined : await total;
    try {
      const summary = await runExport({
        ...{
          api,
          transcripts: app.transcripts,
          about,
          format: choice.format,
          uri,
          zone: app.config.timeZone,
          query,
          matches,
          isUnchecked: (row: Conversation) =>
            isAboutCalls(filter) && matchesRest(row) && !app.callSummaries.isCurrent(row),
          now: Date.now,
          ended: app.ended,
        },
        selected: isSelection ? targets : undefined,
        total: known,
      });
      // A closing window can't show the result.
      return app.ended.aborted ? undefined : reportResult(summary, uri);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      const elsewhere = vscode.l10n.t('Save As…');
      if ((await notify.error(formatDiskError(error.cause, nameOf(uri)), elsewhere)) !== elsewhere) return;
    }
  }
}

const countTimeoutMs = 5000;

/** Returns undefined if the request fails: the export itself reports errors. */
async function countConversations(api: ConversationsApi, query: ListQuery): Promise<number | undefined> {
  try {
    const page = await api.listConversations(query, { pageSize: 1 }, { signal: AbortSignal.timeout(countTimeoutMs) });
    return findTotal(page, query);
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function reportResult(summary: ExportSummary | undefined, uri: vscode.Uri): void {
  if (summary === undefined) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Export canceled. No file was written'), 5000);
    return;
  }
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Show in Folder');
  const isOnThisDesktop =
    uri.scheme === 'file' && vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  const message = [
    vscode.l10n.t('Exported {0} to {1}.', formatConversationCount(summary.conversations), nameOf(uri)),
    ...summary.missed,
  ].join(' ');
  const show = summary.complete ? notify.info : notify.warn;
  void show(message, ...(isOnThisDesktop ? [open, reveal] : [open])).then((chosen) => {
    if (chosen === open) return vscode.commands.executeCommand('vscode.open', uri);
    if (chosen === reveal) return vscode.commands.executeCommand('revealFileInOS', uri);
    return undefined;
  });
}

function nameOf(uri: vscode.Uri): string {
  return toVisibleLine(uri.path.slice(uri.path.lastIndexOf('/') + 1));
}
