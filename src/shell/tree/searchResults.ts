import * as vscode from 'vscode';
import { isolated } from '../../core/text/directions';
import { labelOf } from '../../core/text/label';
import { assertNever } from '../../core/util/assertNever';
import { DisposableStore } from '../../core/util/event';
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
import { conversationSpoken, rowAge } from '../format/conversation';
import { annotationSpoken } from '../format/labels';
import {
  type NotLoaded,
  notLoadedWords,
  notSearchedWords,
  placeWords,
  queryWords,
  searchSummary,
} from '../format/search';
import type { TimeContext } from '../format/time';
import { conversationIcon } from './presentation';
import { TreeRefreshScheduler } from './treeRefresh';

export interface ItemContext {
  readonly state: SearchState;
  readonly notLoaded: NotLoaded;
  readonly time: TimeContext;
  readonly annotationOf: AnnotationOf;
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
  // Without arguments, which VS Code forgets when a row is told anew: it acts on what is selected.
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
  { time: reading, annotationOf }: ItemContext,
): vscode.TreeItem {
  const item = new vscode.TreeItem(isolated(labelOf(row).text), vscode.TreeItemCollapsibleState.Expanded);
  const count = total === 1 ? vscode.l10n.t('1 match') : vscode.l10n.t('{0} matches', total);
  item.description = [count, rowAge(row, reading)].filter((part) => part !== '').join(' · ');
  const annotation = annotationOf(row);
  const { icon, color } = conversationIcon(row, { label: annotation?.label });
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = 'conversation';
  const spoken = [count, conversationSpoken(row, reading), annotationSpoken(annotation)].filter((part) => part !== '');
  item.accessibilityInformation = { label: spoken.join(', ') };
  return item;
}

function createMatchItem({ match: { place, excerpt } }: MatchNode): vscode.TreeItem {
  const highlights = excerpt.highlights.map(([start, end]): [number, number] => [start, end]);
  const item = new vscode.TreeItem({ label: excerpt.text, highlights });
  const where = placeWords(place);
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
    about === 'leftOut'
      ? [
          vscode.l10n.t('Continue'),
          notSearchedWords(state) ?? '',
          state.failures.length > 0 ? 'warning' : 'debug-continue',
        ]
      : [vscode.l10n.t('Load More'), notLoadedWords(notLoaded), 'arrow-down'];
  // What it does comes first: why it is there stands above too, and a narrow side bar cuts it off.
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
  /** Runs when VS Code was told that the results changed. */
  onDidRefresh(): void;
}

/** The results as a tree: conversations, and in them where something was found. */
class ResultsProvider implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ResultNode | ResultNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private isRequested = false;
  private isVisible = false;

  /** Results come many in a second: VS Code is told of all of them together, when it has taken in those before. */
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
    // Cleared meanwhile: a row on its way out is asked for once more.
    if (state === undefined) return new vscode.TreeItem('');
    const { source } = this;
    const reading = { zone: source.zone(), now: Date.now() };
    return createItem(node, { state, notLoaded: source.notLoaded(), time: reading, annotationOf: source.annotationOf });
  }

  getParent(node: ResultNode): ResultNode | undefined {
    return node.parent;
  }

  /** To be called after any change of what the tree reads. */
  update(): void {
    this.scheduler.invalidate(undefined);
    // Of what it does not show, VS Code is not told; what stands above it is to be right when it is shown.
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
      ...(notSearchedWords(state) === undefined ? [] : [createNoticeNode('leftOut')]),
      ...(state.running || !this.source.notLoaded().any ? [] : [createNoticeNode('notLoaded')]),
    ];
  }
}

/** The view of the search's results, in the side bar below the conversations while there is a search. */
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

  /** What is selected when a row's command runs. */
  clickedNodes(): Promise<readonly ResultNode[]> {
    return this.provider.scheduler.clickedNodes(() => this.view.selection);
  }

  /** To be called after any change of the search, or of what is loaded. */
  update(): void {
    this.provider.update();
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The query beside the title; below it the counts, which a narrow side bar would cut off there. */
  private updateHeader(): void {
    const state = this.source.state();
    const description = state === undefined ? '' : queryWords(state.query);
    if ((this.view.description ?? '') !== description) this.view.description = description;
    const message = state === undefined ? '' : searchSummary(state, this.source.notLoaded());
    if ((this.view.message ?? '') === message) return;
    this.view.message = message;
    this.provider.scheduler.noteViewUpdate();
  }
}
