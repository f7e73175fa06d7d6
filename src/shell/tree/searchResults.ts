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
  foundNode,
  matchesOf,
  noticeNode,
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
import { Telling } from './treeRefresh';

export interface ItemContext {
  readonly state: SearchState;
  readonly notLoaded: NotLoaded;
  readonly reading: TimeContext;
  readonly annotationOf: AnnotationOf;
}

const icons: Readonly<Record<MatchPlace['part'], string>> = {
  message: 'comment',
  name: 'symbol-method',
  arguments: 'symbol-parameter',
  result: 'output',
  variables: 'symbol-variable',
};

export function itemOf(node: ResultNode, context: ItemContext): vscode.TreeItem {
  const item = rawItem(node, context);
  item.id = node.id;
  // Without arguments, which VS Code forgets when a row is told anew: it acts on what is selected.
  if (node.kind !== 'conversation') item.command = { command: internalCommands.actOnResult, title: '' };
  return item;
}

function rawItem(node: ResultNode, context: ItemContext): vscode.TreeItem {
  switch (node.kind) {
    case 'conversation':
      return foundItem(node, context);
    case 'match':
      return matchItem(node);
    case 'rest':
      return restItem(node);
    case 'notice':
      return noticeItem(node, context);
    default:
      return assertNever(node);
  }
}

function foundItem({ found: { row, total } }: FoundNode, { reading, annotationOf }: ItemContext): vscode.TreeItem {
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

function matchItem({ match: { place, excerpt } }: MatchNode): vscode.TreeItem {
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

function restItem({ count }: MoreResultsNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    count === 1 ? vscode.l10n.t('1 more match') : vscode.l10n.t('{0} more matches', count),
  );
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'rest';
  return item;
}

function noticeItem({ about }: ResultsNoticeNode, { state, notLoaded }: ItemContext): vscode.TreeItem {
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
  told(): void;
}

/** The results as a tree: conversations, and in them where something was found. */
class ResultsProvider implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ResultNode | ResultNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private isAsked = false;
  private isVisible = false;

  /** Results come many in a second: VS Code is told of all of them together, when it has taken in those before. */
  readonly telling = new Telling<ResultNode>({
    isAsked: () => this.isAsked,
    tops: () => this.tops(),
    tell: () => {
      this.changed.fire(undefined);
      this.source.told();
    },
    resume: () => this.telling.isOutOfDate(undefined),
  });

  constructor(private readonly source: ResultsSource) {}

  getChildren(parent?: ResultNode): Promise<ResultNode[]> {
    this.isAsked = true;
    return this.telling.answer(parent, () => Promise.resolve(this.childrenOf(parent)));
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    this.telling.asked();
    const state = this.source.state();
    // Cleared meanwhile: a row on its way out is asked for once more.
    if (state === undefined) return new vscode.TreeItem('');
    const { source } = this;
    const reading = { zone: source.zone(), now: Date.now() };
    return itemOf(node, { state, notLoaded: source.notLoaded(), reading, annotationOf: source.annotationOf });
  }

  getParent(node: ResultNode): ResultNode | undefined {
    return node.parent;
  }

  /** To be called after any change of what the tree reads. */
  update(): void {
    this.telling.isOutOfDate(undefined);
    // Of what it does not show, VS Code is not told; what stands above it is to be right when it is shown.
    if (!this.isAsked || !this.isVisible) this.source.told();
  }

  set visible(visible: boolean) {
    this.isVisible = visible;
    this.telling.visible = visible;
  }

  dispose(): void {
    this.telling.dispose();
    this.changed.dispose();
  }

  private childrenOf(parent: ResultNode | undefined): ResultNode[] {
    if (parent === undefined) return this.tops();
    return parent.kind === 'conversation' ? [...matchesOf(parent)] : [];
  }

  private tops(): ResultNode[] {
    const state = this.source.state();
    if (state === undefined) return [];
    return [
      ...state.found.map(foundNode),
      ...(notSearchedWords(state) === undefined ? [] : [noticeNode('leftOut')]),
      ...(state.running || !this.source.notLoaded().any ? [] : [noticeNode('notLoaded')]),
    ];
  }
}

/** The view of the search's results, in the side bar below the conversations while there is a search. */
export class ResultsView implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly provider: ResultsProvider;
  private readonly view: vscode.TreeView<ResultNode>;

  constructor(private readonly source: Omit<ResultsSource, 'told'>) {
    this.provider = this.owned.add(new ResultsProvider({ ...source, told: () => this.say() }));
    this.view = this.owned.add(
      vscode.window.createTreeView(views.searchResults, { treeDataProvider: this.provider, showCollapseAll: true }),
    );
    this.owned.add(this.view.onDidChangeVisibility(({ visible }) => (this.provider.visible = visible)));
    this.provider.visible = this.view.visible;
  }

  /** What is selected when a row's command runs. */
  acted(): Promise<readonly ResultNode[]> {
    return this.provider.telling.acted(() => this.view.selection);
  }

  /** To be called after any change of the search, or of what is loaded. */
  update(): void {
    this.provider.update();
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** The query beside the title; below it the counts, which a narrow side bar would cut off there. */
  private say(): void {
    const state = this.source.state();
    const description = state === undefined ? '' : queryWords(state.query);
    if ((this.view.description ?? '') !== description) this.view.description = description;
    const message = state === undefined ? '' : searchSummary(state, this.source.notLoaded());
    if ((this.view.message ?? '') === message) return;
    this.view.message = message;
    this.provider.telling.alsoTold();
  }
}
