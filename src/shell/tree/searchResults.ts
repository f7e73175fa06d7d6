import * as vscode from 'vscode';
import { isolateDirection } from '../../core/text/directions';
import { findTitle, toRowLabel } from '../../core/text/title';
import { assertNever } from '../../core/util/assertNever';
import { DisposableStore } from '../../core/util/event';
import type { CallSummary } from '../../core/view/callSummary';
import type { AnnotationOf } from '../../core/view/filter';
import type { MatchPlace } from '../../core/view/transcriptFields';
import { internalCommands, views } from '../../manifest';
import {
  type FoundNode,
  type MatchNode,
  type ResultsNoticeNode,
  type MoreResultsNode,
  type ResultNode,
  createFoundNode,
  createMatchNodes,
  createNoticeNode,
  type SearchState,
} from '../search/state';
import { formatSpokenRow, formatShortRowAge } from '../format/conversation';
import { formatSpokenAnnotation } from '../format/labels';
import {
  type NotLoaded,
  formatNotLoaded,
  formatNotSearched,
  formatMatchPlace,
  formatQuery,
  formatSearchSummary,
} from '../format/search';
import type { TimeContext } from '../format/time';
import { conversationIcon } from './conversationRow';
import { TreeRefreshScheduler } from './treeRefresh';

export interface ItemContext {
  readonly state: SearchState;
  readonly notLoaded: NotLoaded;
  readonly time: TimeContext;
  readonly annotationOf: AnnotationOf;
  readonly callsOf: (conversationId: string) => CallSummary | undefined;
}

const icons: Readonly<Record<MatchPlace['part'], string>> = {
  message: 'comment',
  name: 'symbol-method',
  arguments: 'symbol-parameter',
  result: 'output',
  variables: 'symbol-variable',
};

export function createItem(node: ResultNode, context: ItemContext): vscode.TreeItem {
  const item = createBareItem(node, context);
  item.id = node.id;
  // Without arguments, because VS Code drops them during a refresh (1.100, cf. microsoft/vscode#144250).
  if (node.kind !== 'conversation') item.command = { command: internalCommands.actOnResult, title: '' };
  return item;
}

function createBareItem(node: ResultNode, context: ItemContext): vscode.TreeItem {
  switch (node.kind) {
    case 'conversation':
      return createConversationItem(node, context);
    case 'match':
      return createMatchItem(node);
    case 'rest':
      return createRestItem(node);
    case 'notice':
      return createNoticeItem(node, context);
    default:
      return assertNever(node);
  }
}

function createConversationItem(
  { found: { row, total } }: FoundNode,
  { time, annotationOf, callsOf }: ItemContext,
): vscode.TreeItem {
  const calls = callsOf(row.id);
  const item = new vscode.TreeItem(
    isolateDirection(toRowLabel(findTitle(row, calls?.opening))),
    vscode.TreeItemCollapsibleState.Expanded,
  );
  const count = total === 1 ? vscode.l10n.t('1 match') : vscode.l10n.t('{0} matches', total);
  item.description = [count, formatShortRowAge(row, time)].filter((part) => part !== '').join(' · ');
  const annotation = annotationOf(row);
  const { icon, color } = conversationIcon(row, { label: annotation?.label, failedCalls: calls?.failed ?? 0 });
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = 'conversation';
  const ariaLabel = [count, formatSpokenRow(row, time, calls), formatSpokenAnnotation(annotation)].filter(
    (part) => part !== '',
  );
  item.accessibilityInformation = { label: ariaLabel.join(', ') };
  return item;
}

function createMatchItem({ match: { place, excerpt } }: MatchNode): vscode.TreeItem {
  const highlights = excerpt.highlights.map(([start, end]): [number, number] => [start, end]);
  const item = new vscode.TreeItem({ label: excerpt.text, highlights });
  const where = formatMatchPlace(place);
  item.description = where;
  item.iconPath = new vscode.ThemeIcon(icons[place.part]);
  item.contextValue = 'match';
  item.tooltip = `${where}\n${excerpt.text}`;
  item.accessibilityInformation = { label: `${where}: ${excerpt.text}` };
  return item;
}

function createRestItem({ count }: MoreResultsNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    count === 1 ? vscode.l10n.t('1 more match') : vscode.l10n.t('{0} more matches', count),
  );
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'rest';
  return item;
}

function createNoticeItem({ about }: ResultsNoticeNode, { state, notLoaded }: ItemContext): vscode.TreeItem {
  const [action, words, icon] =
    about === 'notSearched'
      ? [
          vscode.l10n.t('Continue'),
          formatNotSearched(state) ?? '',
          state.failures.length > 0 ? 'warning' : 'debug-continue',
        ]
      : [vscode.l10n.t('Load More'), formatNotLoaded(notLoaded), 'arrow-down'];
  // The action comes first, because a narrow side bar truncates the row and the view's message has the reason too.
  const item = new vscode.TreeItem(action);
  item.description = words;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = 'notice';
  item.tooltip = words;
  item.accessibilityInformation = { label: `${action}. ${words}` };
  return item;
}

export interface ResultsSource {
  state(): SearchState | undefined;
  notLoaded(): NotLoaded;
  zone(): string;
  readonly annotationOf: AnnotationOf;
  readonly callsOf: (conversationId: string) => CallSummary | undefined;
  onDidRefresh(): void;
}

class ResultsProvider implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ResultNode | ResultNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private isRequested = false;
  private isVisible = false;

  /** A search finds many results per second, so each refresh is of the whole tree. */
  readonly scheduler = new TreeRefreshScheduler<ResultNode>({
    isRequested: () => this.isRequested,
    roots: () => this.roots(),
    refresh: () => {
      this.changed.fire(undefined);
      this.source.onDidRefresh();
    },
    resume: () => this.scheduler.invalidate(undefined),
  });

  constructor(private readonly source: ResultsSource) {}

  getChildren(parent?: ResultNode): Promise<ResultNode[]> {
    this.isRequested = true;
    return this.scheduler.trackFetch(parent, () => Promise.resolve(this.findChildren(parent)));
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    this.scheduler.noteRequest();
    const state = this.source.state();
    // VS Code may still request a row of a cleared search.
    if (state === undefined) return new vscode.TreeItem('');
    const { source } = this;
    const time = { zone: source.zone(), now: Date.now() };
    return createItem(node, {
      state,
      notLoaded: source.notLoaded(),
      time,
      annotationOf: source.annotationOf,
      callsOf: source.callsOf,
    });
  }

  getParent(node: ResultNode): ResultNode | undefined {
    return node.parent;
  }

  /** Call it after any change of the source. */
  update(): void {
    this.scheduler.invalidate(undefined);
    // A hidden tree isn't refreshed, but its header must be right when the view is shown.
    if (!this.isRequested || !this.isVisible) this.source.onDidRefresh();
  }

  set visible(visible: boolean) {
    this.isVisible = visible;
    this.scheduler.visible = visible;
  }

  dispose(): void {
    this.scheduler.dispose();
    this.changed.dispose();
  }

  private findChildren(parent: ResultNode | undefined): ResultNode[] {
    if (parent === undefined) return this.roots();
    return parent.kind === 'conversation' ? [...createMatchNodes(parent)] : [];
  }

  private roots(): ResultNode[] {
    const state = this.source.state();
    if (state === undefined) return [];
    return [
      ...state.found.map(createFoundNode),
      ...(formatNotSearched(state) === undefined ? [] : [createNoticeNode('notSearched')]),
      ...(state.isRunning || !this.source.notLoaded().any ? [] : [createNoticeNode('notLoaded')]),
    ];
  }
}

export class ResultsView implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly provider: ResultsProvider;
  private readonly view: vscode.TreeView<ResultNode>;

  constructor(private readonly source: Omit<ResultsSource, 'onDidRefresh'>) {
    this.provider = this.owned.add(new ResultsProvider({ ...source, onDidRefresh: () => this.updateHeader() }));
    this.view = this.owned.add(
      vscode.window.createTreeView(views.searchResults, { treeDataProvider: this.provider, showCollapseAll: true }),
    );
    this.owned.add(this.view.onDidChangeVisibility(({ visible }) => (this.provider.visible = visible)));
    this.provider.visible = this.view.visible;
  }

  /** Returns the selection after VS Code has run a row's command. */
  clickedNodes(): Promise<readonly ResultNode[]> {
    return this.provider.scheduler.clickedNodes(() => this.view.selection);
  }

  /** Call it after any change of the search or the loaded conversations. */
  update(): void {
    this.provider.update();
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The counts are in the message, because a narrow side bar truncates the description. */
  private updateHeader(): void {
    const state = this.source.state();
    const description = state === undefined ? '' : formatQuery(state.query);
    if ((this.view.description ?? '') !== description) this.view.description = description;
    const message = state === undefined ? '' : formatSearchSummary(state, this.source.notLoaded());
    if ((this.view.message ?? '') === message) return;
    this.view.message = message;
    this.provider.scheduler.noteViewUpdate();
  }
}
