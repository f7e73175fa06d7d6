import type { ConversationsApi } from '../../core/api/api';
import { ApiError, failsForEveryConversation } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import { loadEach } from '../../core/store/transcriptPool';
import type { CachedTranscript, TranscriptLoader } from '../../core/store/transcripts';
import { type Disposable, Emitter } from '../../core/util/event';
import { TimeoutError } from '../../core/util/timeout';
import { findVariables } from '../../core/view/details';
import { type Find, type SearchQuery, searchCalls, searchTranscript } from '../../core/view/transcriptSearch';
import type { ConversationMatches, SearchFailure, SearchState, SearchStop } from './state';

export interface SearchSource {
  readonly transcripts: Pick<TranscriptLoader, 'loadCached'>;
  /** The conversations to search, newest first. */
  readonly rows: () => readonly Conversation[];
}

export interface SearchRequest {
  readonly query: SearchQuery;
  readonly find: Find;
}

/** VS Code renders all results, so the search stops after this many until the user continues it. */
const maxMatches = 2000;

const maxTimeouts = 3;

/** The window's search in transcripts. */
export class TranscriptSearch implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  private current: SearchState | undefined;
  private request: SearchRequest | undefined;
  private aborter: AbortController | undefined;
  /** Conversation IDs. The collections are mutable, because copying them after each conversation would be slow. */
  private searched = new Set<string>();
  private failures: SearchFailure[] = [];
  private found: ConversationMatches[] = [];
  /** Index of each conversation in the search. */
  private ranks = new Map<string, number>();

  constructor(private readonly source: SearchSource) {}

  get state(): SearchState | undefined {
    return this.current;
  }

  /** Starts a new search, and resolves when it ends for any reason. */
  start(api: ConversationsApi, request: SearchRequest): Promise<void> {
    this.request = request;
    this.searched = new Set();
    this.failures = [];
    this.found = [];
    this.current = {
      query: request.query,
      isRunning: true,
      stop: undefined,
      total: 0,
      searched: this.searched,
      found: this.found,
      matches: 0,
      failures: this.failures,
    };
    return this.run(api, request);
  }

  /** Searches the remaining conversations: failed, skipped by a stop, or loaded since. */
  async resume(api: ConversationsApi): Promise<void> {
    if (this.request === undefined || this.current === undefined) return;
    this.failures = [];
    this.current = { ...this.current, isRunning: true, stop: undefined, failures: this.failures };
    await this.run(api, this.request);
  }

  /** Stops the search and keeps its results. */
  stop(reason: SearchStop = 'user'): void {
    if (this.current?.isRunning !== true) return;
    this.aborter?.abort();
    this.aborter = undefined;
    this.update({ isRunning: false, stop: reason });
  }

  /** Stops the search and discards its results. */
  clear(): void {
    this.aborter?.abort();
    this.aborter = undefined;
    this.request = undefined;
    if (this.current === undefined) return;
    this.current = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.aborter?.abort();
    this.changed.dispose();
  }

  private async run(api: ConversationsApi, { query, find }: SearchRequest): Promise<void> {
    this.aborter?.abort();
    const aborter = new AbortController();
    this.aborter = aborter;
    const { signal } = aborter;
    const rows = this.source.rows();
    this.ranks = new Map(rows.map(({ id }, index) => [id, index]));
    const remaining = rows.filter(({ id }) => this.current?.searched.has(id) !== true);
    this.update({ total: (this.current?.searched.size ?? 0) + remaining.length });
    try {
      await loadEach(
        remaining,
        signal,
        (row) => this.source.transcripts.loadCached(api, row, signal),
        (row, transcript) => {
          if (transcript instanceof ApiError) this.recordFailure({ row, reason: transcript });
          else this.searchIn(row, transcript, { query, find });
        },
      );
    } finally {
      if (this.aborter === aborter) {
        aborter.abort();
        this.aborter = undefined;
        this.update({ isRunning: false });
      }
    }
  }

  private searchIn(row: Conversation, { turns, variables }: CachedTranscript, { query, find }: SearchRequest): void {
    const state = this.current;
    if (state === undefined) return;
    try {
      const { matches, total } =
        query.calls === undefined
          ? searchTranscript({ turns, variables: variables ?? findVariables(row, undefined) }, find, query.isRegex)
          : searchCalls({ turns }, query);
      if (total > 0) this.addFound({ row, matches, total });
      this.searched.add(row.id);
      this.update({ matches: state.matches + total });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      this.recordFailure({ row, reason: 'tooSlow' });
      return;
    }
    const before = Math.floor(state.matches / maxMatches);
    if (Math.floor((this.current?.matches ?? 0) / maxMatches) > before) this.stop('matchLimit');
  }

  private recordFailure(failure: SearchFailure): void {
    this.failures.push(failure);
    this.update({ failures: this.failures });
    if (failure.reason === 'tooSlow') {
      if (this.failures.filter(({ reason }) => reason === 'tooSlow').length === maxTimeouts) this.stop('tooSlow');
    } else if (failsForEveryConversation(failure.reason)) {
      this.stop('failed');
    }
  }

  /** Keeps the results in the order of the rows: responses arrive in any order. */
  private addFound(next: ConversationMatches): void {
    const rankOf = ({ row }: ConversationMatches): number => this.ranks.get(row.id) ?? this.ranks.size;
    let index = this.found.length;
    while (index > 0 && rankOf(this.found[index - 1] as ConversationMatches) > rankOf(next)) index -= 1;
    this.found.splice(index, 0, next);
  }

  private update(change: Partial<SearchState>): void {
    if (this.current === undefined) return;
    this.current = { ...this.current, ...change };
    this.changed.fire();
  }
}
