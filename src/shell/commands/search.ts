import * as vscode from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { assertNever } from '../../core/util/assertNever';
import { summarizeTools } from '../../core/view/toolCalls';
import { type SearchQuery, compileQuery } from '../../core/view/transcriptSearch';
import { commands, internalCommands, views } from '../../manifest';
import type { PagePlace } from '../../protocol/details';
import type { App } from '../app';
import { withLateProgress } from '../lateProgress';
import type { MatchNode, ResultNode } from '../search/state';
import type { SearchRequest, TranscriptSearch } from '../search/transcriptSearch';
import { searchLoading } from './loading';
import { selectOrType } from './quickPick';

interface Searchable {
  /** Number of conversations that a search would cover now. */
  readonly count: () => number;
  /** Resolves when the first conversations are loaded, if there are any. */
  readonly loaded: Promise<void>;
}

/**
 * Asks for a search query. Buttons switch between text and regular expression, and search for tool calls instead.
 * @returns `tool` to search for the calls of a tool that the user selects next
 */
export function askQuery(
  last: SearchQuery,
  { count, loaded }: Searchable,
): Promise<SearchRequest | 'tool' | undefined> {
  const box = vscode.window.createInputBox();
  // Late results of the previous search could move the focus to their rows.
  box.ignoreFocusOut = true;
  let isRegex = last.isRegex;
  const problem = (): string | undefined => formatQueryProblem({ text: box.value, isRegex });
  const show = (): void => {
    box.title = isRegex
      ? vscode.l10n.t('Search Transcripts: Regular Expression')
      : vscode.l10n.t('Search Transcripts: Text');
    box.prompt = formatPrompt(isRegex, count());
    box.buttons = [
      failedCalls,
      callsOfTool,
      isRegex
        ? { iconPath: new vscode.ThemeIcon('symbol-string'), tooltip: vscode.l10n.t('Use Plain Text') }
        : { iconPath: new vscode.ThemeIcon('regex'), tooltip: vscode.l10n.t('Use Regular Expression') },
    ];
    box.validationMessage = box.value === '' ? undefined : problem();
  };
  const failedCalls = {
    iconPath: new vscode.ThemeIcon('tools'),
    tooltip: vscode.l10n.t('Search for Failed Tool Calls'),
  };
  const callsOfTool = {
    iconPath: new vscode.ThemeIcon('symbol-method'),
    tooltip: vscode.l10n.t('Search for Calls of a Tool…'),
  };
  box.value = last.text;
  box.valueSelection = [0, last.text.length];
  box.placeholder = vscode.l10n.t('Search messages, tool names, arguments, results, and variables');
  box.busy = true;
  show();
  let isOpen = true;
  const known = (): void => {
    if (!isOpen) return;
    box.busy = false;
    show();
  };
  loaded.then(known, known);
  return new Promise((resolve) => {
    box.onDidChangeValue(show);
    box.onDidTriggerButton((button) => {
      if (button !== failedCalls && button !== callsOfTool) {
        isRegex = !isRegex;
        return show();
      }
      resolve(button === failedCalls ? createCallSearch({ calls: 'failed' }) : 'tool');
      box.hide();
    });
    box.onDidAccept(() => {
      const query = { text: box.value, isRegex };
      const compiled = compileQuery(query);
      if (compiled.ok) {
        resolve({ query, find: compiled.find });
        box.hide();
      } else {
        box.validationMessage = problem();
      }
    });
    box.onDidHide(() => {
      isOpen = false;
      box.dispose();
      resolve(undefined);
    });
    box.show();
  });
}

function createCallSearch({
  calls,
  text = '',
}: Pick<SearchQuery, 'calls'> & { readonly text?: string }): SearchRequest {
  return {
    query: { text, isRegex: false, ...(calls && { calls }) },
    find: (searched) => ({ text: searched, ranges: [] }),
  };
}

/** Asks for a tool: one whose calls are known, or the name that was typed. */
async function askTool({ callSummaries, model }: App): Promise<SearchRequest | undefined> {
  const known = summarizeTools(model.newest, (id) => callSummaries.of(id)).map(({ tool }) => tool);
  const tool = await selectOrType(known, vscode.l10n.t('Select a tool, or enter its name'));
  return tool === undefined ? undefined : createCallSearch({ calls: 'tool', text: tool });
}

function formatPrompt(isRegex: boolean, searchable: number): string {
  const how = isRegex ? vscode.l10n.t('Ignores case.') : vscode.l10n.t('Ignores case and accents.');
  const where =
    searchable === 1
      ? vscode.l10n.t('Searches 1 loaded conversation that matches the filter.')
      : vscode.l10n.t('Searches {0} loaded conversations that match the filter.', searchable);
  return `${how} ${where}`;
}

function formatQueryProblem(query: SearchQuery): string | undefined {
  const compiled = compileQuery(query);
  if (compiled.ok) return undefined;
  return compiled.problem === 'nothing'
    ? vscode.l10n.t('Enter text to search for.')
    : vscode.l10n.t('Invalid regular expression: {0}', compiled.reason);
}

export const handlers = {
  [commands.searchTranscripts]: startSearch,
  [commands.stopSearch]: async (app: App) => (await app.search()).search.stop(),
  [commands.continueSearch]: continueSearch,
  [commands.clearSearch]: async (app: App) => (await app.search()).search.clear(),
  [internalCommands.actOnResult]: actOnResult,
  [internalCommands.copyResult]: async (app: App) => {
    const [selected] = await (await app.search()).results.clickedNodes();
    if (selected?.kind === 'conversation') await vscode.commands.executeCommand(commands.copyId, selected);
  },
};

async function startSearch(app: App): Promise<void> {
  const feature = await app.search();
  await withApi(app, async () => {
    const loaded = searchLoading.loadFirst(app);
    const answer = await askQuery(feature.lastQuery, { count: () => feature.rows().length, loaded });
    const request = answer === 'tool' ? await askTool(app) : answer;
    if (request === undefined) return;
    if (request.query.calls === undefined) feature.lastQuery = request.query;
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
  await withApi(app, (api) => withSearchProgress(search, () => search.resume(api)));
}

async function withApi(app: App, work: (api: ConversationsApi) => Promise<void>): Promise<void> {
  const api = await app.api();
  if (api === undefined) await vscode.commands.executeCommand(commands.setApiKey);
  else await work(api);
}

/** Opens the transcript at the selected result, or searches the remaining conversations. */
async function actOnResult(app: App): Promise<void> {
  const { results } = await app.search();
  const [node, another] = await results.clickedNodes();
  if (node !== undefined && another === undefined) await activateResult(app, node);
}

async function activateResult(app: App, node: ResultNode): Promise<void> {
  switch (node.kind) {
    case 'conversation':
      return;
    case 'match':
      return app.details.show(node.parent.conversationId, { preserveFocus: true, place: toPagePlace(node) });
    case 'rest':
      return app.details.show(node.parent.conversationId, { preserveFocus: true });
    case 'notice':
      if (node.about !== 'notSearched')
        await vscode.window.withProgress({ location: { viewId: views.searchResults } }, () => searchLoading.more(app));
      return continueSearch(app);
    default:
      return assertNever(node);
  }
}

function toPagePlace({ match: { place, found } }: MatchNode): PagePlace {
  switch (place.part) {
    case 'variables':
      return { part: place.part, found };
    case 'message':
      return { part: place.part, turn: place.turn, found };
    default:
      return { part: place.part, turn: place.turn, call: place.call, found };
  }
}

/** Shows the view's progress bar and, if the search takes long, a notification that can stop it. */
async function withSearchProgress(search: TranscriptSearch, work: () => Promise<void>): Promise<void> {
  const searching = withLateProgress(vscode.l10n.t('Searching transcripts'), async (report, signal) => {
    let reported = 0;
    const step = (): void => {
      const { searched = undefined, failures = [], total = 0 } = search.state ?? {};
      const done = (searched?.size ?? 0) + failures.length;
      if (done <= reported) return;
      report({
        increment: (100 * (done - reported)) / Math.max(1, total),
        message: vscode.l10n.t('{0} of {1}', done, total),
      });
      reported = done;
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
