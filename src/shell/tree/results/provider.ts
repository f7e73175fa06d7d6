import * as vscode from 'vscode';
import type { AnnotationOf } from '../../../core/view/filter';
import { foundNode, matchesOf, noticeNode, type ResultNode } from '../../search/nodes';
import type { SearchState } from '../../search/state';
import { notSearchedWords, type NotLoaded } from '../../words/search';
import { Telling } from '../telling';
import { itemOf } from './item';

export interface ResultsSource {
  state(): SearchState | undefined;
  notLoaded(): NotLoaded;
  zone(): string;
  readonly annotationOf: AnnotationOf;
  /** Runs when VS Code was told that the results changed. */
  told(): void;
}

/** The results as a tree: conversations, and in them where something was found. */
export class ResultsProvider implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
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
