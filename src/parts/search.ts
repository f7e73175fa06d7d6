import type { ConversationsApi } from '../core/api/api';
import type { Conversation } from '../core/model/conversation';
import type { ConversationStore } from '../core/store/store';
import { TranscriptCache } from '../core/store/transcriptCache';
import { DisposableStore } from '../core/util/disposable';
import type { TreeModel } from '../core/view/treeModel';
import type { SearchDeps } from '../shell/commands/searchTranscripts/deps';
import { searchHandlers } from '../shell/commands/searchTranscripts/handlers';
import { setContext } from '../shell/contextKeys';
import { notLoadedIn } from '../shell/notLoaded';
import { phaseOf } from '../shell/search/phase';
import { TranscriptSearch } from '../shell/search/transcriptSearch';
import type { FolderLabels } from '../shell/labels/folderLabels';
import type { Session } from '../shell/session/session';
import { ResultsView } from '../shell/tree/results/view';

export interface SearchParts extends Pick<SearchDeps, 'open' | 'loadFirst' | 'loadMore'> {
  readonly session: Session;
  readonly store: ConversationStore;
  readonly model: () => TreeModel;
  readonly zone: () => string;
  readonly labels: FolderLabels;
  /** The current account's, once it is known; undefined without a key. */
  readonly api: () => Promise<ConversationsApi | undefined>;
  /** The conversations to be searched, the newest first. */
  readonly rows: () => readonly Conversation[];
}

/** The search in transcripts: what is searched, the view of what was found, and the commands. */
export function createSearch({ session, store, model, zone, labels, rows, ...deps }: SearchParts) {
  const owned = new DisposableStore();
  const cache = new TranscriptCache();
  const search = owned.add(new TranscriptSearch({ cache, rows }));
  const results = owned.add(
    new ResultsView({
      state: () => search.state,
      notLoaded: () => notLoadedIn(model()),
      zone,
      annotationOf: labels.ofRow,
    }),
  );
  owned.add(
    session.onDidChange(() => {
      search.clear();
      cache.clear();
    }),
  );
  owned.add(
    search.onDidChange(() => {
      setContext({ search: phaseOf(search.state) });
      results.update();
    }),
  );
  const update = (): void => void (search.state && results.update());
  // What is not loaded is another number then.
  owned.add(store.onDidChange(update));
  owned.add(labels.onDidChange(update));
  const handlers = searchHandlers({
    ...deps,
    search,
    searchable: () => rows().length,
    selection: () => results.acted(),
  });
  return { handlers, dispose: () => owned.dispose() };
}
