import * as vscode from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { assertNever } from '../../core/util/assertNever';
import { commands, internalCommands, views } from '../../manifest';
import type { PagePlace } from '../../protocol/details';
import type { App } from '../app';
import { withLateProgress } from '../lateProgress';
import type { MatchNode, ResultNode } from '../search/state';
import type { TranscriptSearch } from '../search/transcriptSearch';
import { askQuery } from './askQuery';
import { searchLoading } from './loading';

/** The commands that search transcripts, and act on the results. */
export const handlers = {
  [commands.searchTranscripts]: startSearch,
  [commands.stopSearch]: async (app: App) => (await app.search()).search.stop(),
  [commands.continueSearch]: continueSearch,
  [commands.clearSearch]: async (app: App) => (await app.search()).search.clear(),
  [internalCommands.actOnResult]: actOnResult,
  [internalCommands.copyResult]: async (app: App) => {
    const [selected] = await (await app.search()).results.acted();
    if (selected?.kind === 'conversation') await vscode.commands.executeCommand(commands.copyId, selected);
  },
};

async function startSearch(app: App): Promise<void> {
  const feature = await app.search();
  await withApi(app, async () => {
    const loaded = searchLoading.first(app);
    const request = await askQuery(feature.lastQuery, { count: () => feature.rows().length, loaded });
    if (request === undefined) return;
    feature.lastQuery = request.query;
    await loaded;
    await withApi(app, async (api) => {
      const searching = withSearchProgress(feature.search, () => feature.search.start(api, request));
      await vscode.commands.executeCommand(`${views.searchResults}.focus`);
      await searching;
    });
  });
}

async function continueSearch(app: App): Promise<void> {
  const { search } = await app.search();
  await withApi(app, (api) => withSearchProgress(search, () => search.goOn(api)));
}

async function withApi(app: App, work: (api: ConversationsApi) => Promise<void>): Promise<void> {
  const api = await app.api();
  if (api === undefined) await vscode.commands.executeCommand(commands.setApiKey);
  else await work(api);
}

/** Opens the transcript at the selected result, or searches what was not searched. */
async function actOnResult(app: App): Promise<void> {
  const { results } = await app.search();
  const [node, another] = await results.acted();
  if (node !== undefined && another === undefined) await act(app, node);
}

async function act(app: App, node: ResultNode): Promise<void> {
  switch (node.kind) {
    case 'conversation':
      return;
    case 'match':
      return app.details.show(node.parent.conversationId, { preserveFocus: true, place: placeOf(node) });
    case 'rest':
      return app.details.show(node.parent.conversationId, { preserveFocus: true });
    case 'notice':
      if (node.about !== 'leftOut')
        await vscode.window.withProgress({ location: { viewId: views.searchResults } }, () => searchLoading.more(app));
      return continueSearch(app);
    default:
      return assertNever(node);
  }
}

function placeOf({ match: { place, found } }: MatchNode): PagePlace {
  switch (place.part) {
    case 'variables':
      return { part: place.part, found };
    case 'message':
      return { part: place.part, turn: place.turn, found };
    default:
      return { part: place.part, turn: place.turn, call: place.call, found };
  }
}

/** Searches with the view's progress bar; where it takes long, also with a notification that says how far it is and can stop it. */
async function withSearchProgress(search: TranscriptSearch, work: () => Promise<void>): Promise<void> {
  const searching = withLateProgress(vscode.l10n.t('Searching transcripts'), async (report, signal) => {
    let told = 0;
    const step = (): void => {
      const { searched = undefined, failures = [], total = 0 } = search.state ?? {};
      const done = (searched?.size ?? 0) + failures.length;
      if (done <= told) return;
      report({
        increment: (100 * (done - told)) / Math.max(1, total),
        message: vscode.l10n.t('{0} of {1}', done, total),
      });
      told = done;
    };
    const stop = (): void => search.stop();
    signal.addEventListener('abort', stop, { once: true });
    const listening = search.onDidChange(step);
    try {
      await work();
    } finally {
      listening.dispose();
      signal.removeEventListener('abort', stop);
    }
  });
  await vscode.window.withProgress({ location: { viewId: views.searchResults } }, () => searching);
}
