import type { ExtensionContext } from 'vscode';
import type { ConversationsApi } from '../core/api/api';
import type { ConversationStore } from '../core/store/store';
import type { TranscriptLoader } from '../core/store/transcripts';
import type { CallSummaries } from '../core/view/callSummary';
import type { ZonedNow, RowPredicate } from '../core/view/filter';
import type { TreeModel } from '../core/view/treeModel';
import type { CompareChoice } from './compareChoice';
import type { Config } from './config';
import type { Details } from './details/details';
import type { Comparisons } from './documents/comparisons';
import type { ConversationDocuments } from './documents/conversationDocuments';
import type { FollowChoice, NewConversations } from './follow/newConversations';
import type { Labels } from './labels/labels';
import type { Log } from './log';
import type { RecentConversations } from './recent';
import type { TestSender } from './running/sender';
import type { Search } from './search/search';
import type { Session } from './session/session';
import type { ConversationTarget } from './targets';
import type { OpenSuppressor } from './tree/rowClick';
import type { ConversationTreeProvider } from './tree/provider';
import type { ConversationTreeView } from './tree/view';
import type { UsageFeature } from './usage/usage';
import type { ViewState } from './viewState';

/** What commands and features act on. `src/app.ts` builds it once; a feature takes it whole, or `Pick`s what it needs. */
export interface App {
  readonly context: ExtensionContext;
  readonly log: Log;
  readonly config: Config;
  readonly session: Session;
  /** The filter and the grouping. */
  readonly viewState: ViewState;
  readonly store: ConversationStore;
  readonly provider: ConversationTreeProvider;
  readonly view: ConversationTreeView;
  /** Keeps a row from opening while a key only selects it. */
  readonly openSuppressor: OpenSuppressor;
  readonly details: Details;
  readonly recent: RecentConversations;
  readonly labels: Labels;
  readonly transcripts: TranscriptLoader;
  /** Tool calls of the transcripts that were loaded. */
  readonly callSummaries: CallSummaries;
  readonly sender: TestSender;
  readonly compareChoice: CompareChoice;
  readonly followChoice: FollowChoice;
  readonly fresh: NewConversations;
  /** Aborted when the extension is deactivated. */
  readonly ended: AbortSignal;
  /** What the tree shows now. */
  readonly model: TreeModel;
  /** The current account's API, once it is known; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  /** Now, and the time zone of times that are sent without one. */
  clock(): ZonedNow;
  /** The filter as it is now. */
  rowTest(): RowPredicate;
  /** The conversations that a command acts on, from what VS Code passed to it. */
  targets(args: readonly unknown[]): readonly ConversationTarget[];
  // Loaded on first use:
  comparisons(): Promise<Comparisons>;
  documents(): Promise<ConversationDocuments>;
  search(): Promise<Search>;
  usage(): Promise<UsageFeature>;
}
