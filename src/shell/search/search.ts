import type { Conversation } from '../../core/model/conversation';
import { DisposableStore, type Disposable } from '../../core/util/event';
import type { SearchQuery } from '../../core/view/transcriptSearch';
import type { App } from '../app';
import { setContext } from '../contextKeys';
import { countNotLoaded } from '../notLoaded';
import { ResultsView } from '../tree/searchResults';
import { toSearchPhase } from './state';
import { TranscriptSearch } from './transcriptSearch';

export class Search implements Disposable {
  private readonly owned = new DisposableStore();
  readonly search: TranscriptSearch;
  readonly results: ResultsView;
  lastQuery: SearchQuery = { text: '', isRegex: false };

  constructor(private readonly app: App) {
    const { session, store, labels, config, transcripts, callSummaries } = app;
    this.search = this.owned.add(new TranscriptSearch({ transcripts, rows: () => this.rows() }));
    this.results = this.owned.add(
      new ResultsView({
        state: () => this.search.state,
        notLoaded: () => countNotLoaded(app.model),
        zone: () => config.timeZone,
        annotationOf: labels.ofRow,
        callsOf: (id) => callSummaries.of(id),
      }),
    );
    this.owned.add(session.onDidChange(() => this.search.clear()));
    this.owned.add(
      this.search.onDidChange(() => {
        setContext({ search: toSearchPhase(this.search.state) });
        this.results.update();
      }),
    );
    const update = (): void => void (this.search.state && this.results.update());
    // The results show how many conversations aren't loaded.
    this.owned.add(store.onDidChange(update));
    this.owned.add(labels.onDidChange(update));
    this.owned.add(callSummaries.onDidChange(update));
  }

  /** Returns the loaded conversations that match the filter, newest first. */
  rows(): readonly Conversation[] {
    const matches = this.app.rowTest();
    return this.app.model.newest.flatMap(({ row }) => (matches(row) ? [row] : []));
  }

  dispose(): void {
    this.owned.dispose();
  }
}
