import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import type { SearchQuery } from '../../../core/view/transcriptSearch/query';
import { commands, internalCommands, views } from '../../../manifest';
import { actOnResult } from './actOnResult';
import { askQuery } from './askQuery';
import type { SearchDeps } from './deps';
import { withSearchProgress } from './progress';

/** The commands of the search in transcripts. What was looked for last is remembered as long as the window. */
export function searchHandlers(deps: SearchDeps) {
  const { search } = deps;
  let last: SearchQuery = { text: '', isRegex: false };

  const withApi = async (work: (api: ConversationsApi) => Promise<void>): Promise<void> => {
    const api = await deps.api();
    if (api === undefined) await vscode.commands.executeCommand(commands.setApiKey);
    else await work(api);
  };
  const start = (): Promise<void> =>
    withApi(async () => {
      const loaded = deps.loadFirst();
      const request = await askQuery(last, { count: deps.searchable, loaded });
      if (request === undefined) return;
      last = request.query;
      await loaded;
      await withApi(async (api) => {
        const searching = withSearchProgress(search, () => search.start(api, request));
        await vscode.commands.executeCommand(`${views.searchResults}.focus`);
        await searching;
      });
    });
  const goOn = (): Promise<void> => withApi((api) => withSearchProgress(search, () => search.goOn(api)));

  return {
    [commands.searchTranscripts]: start,
    [commands.stopSearch]: () => search.stop(),
    [commands.continueSearch]: goOn,
    [commands.clearSearch]: () => search.clear(),
    [internalCommands.copyResult]: async () => {
      const [selected] = await deps.selection();
      if (selected?.kind === 'conversation') await vscode.commands.executeCommand(commands.copyId, selected);
    },
    [internalCommands.actOnResult]: actOnResult({
      ...deps,
      goOn,
      loadMore: async () => {
        await vscode.window.withProgress({ location: { viewId: views.searchResults } }, () => deps.loadMore());
        await goOn();
      },
    }),
  };
}
