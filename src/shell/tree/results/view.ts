import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/util/disposable';
import { views } from '../../../manifest';
import type { ResultNode } from '../../search/nodes';
import { queryWords, searchSummary } from '../../words/search';
import { ResultsProvider, type ResultsSource } from './provider';

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
