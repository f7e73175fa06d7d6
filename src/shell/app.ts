import type { ExtensionContext } from 'vscode';
import type { ConversationsApi } from '../core/api/api';
import type { ConversationStore } from '../core/store/store';
import type { TranscriptLoader } from '../core/store/transcripts';
import type { CallSummaries } from '../core/view/callSummary';
import type { Filter } from '../core/model/query';
import type { FilterContext, RowPredicate, ZonedNow } from '../core/view/filter';
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
import type { ConversationTests } from './testing/conversationTests';
import type { TestFileEditor } from './testing/editor';
import type { ConversationTreeProvider } from './tree/provider';
import type { ConversationTreeView } from './tree/view';
import type { UsageFeature } from './usage/usage';
import type { ViewState } from './viewState';

/**
 * Shared by all commands and features. `src/app.ts` creates it once; a feature takes all of it, or a `Pick` of what it
 * needs.
 */
export interface App {
  readonly context: ExtensionContext;
  readonly log: Log;
  readonly config: Config;
  readonly session: Session;
  readonly viewState: ViewState;
  readonly store: ConversationStore;
  readonly provider: ConversationTreeProvider;
  readonly view: ConversationTreeView;
  /** Prevents a row from opening while a key only selects it. */
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
  /** The current content of the tree. */
  readonly model: TreeModel;
  /** Resolves to the current account's API once the keyring is read; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  /** The current time, and the time zone for times without one. */
  clock(): ZonedNow;
  /** The data that filters match rows against. */
  filterContext(): FilterContext;
  /** The predicate of a filter, by default of the current one. */
  rowTest(filter?: Filter): RowPredicate;
  /** Returns the conversations for the arguments of a command. */
  targets(args: readonly unknown[]): readonly ConversationTarget[];
  readonly usage: UsageFeature;
  // Loaded on first use:
  comparisons(): Promise<Comparisons>;
  documents(): Promise<ConversationDocuments>;
  search(): Promise<Search>;
  testFileEditor(): Promise<TestFileEditor>;
  conversationTests(): Promise<ConversationTests>;
}
