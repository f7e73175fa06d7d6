import type { ConversationsApi } from '../../core/api/api';
import { ApiError, failsForAll } from '../../core/api/errors';
import { maxInFlight } from '../../core/api/rateLimits';
import type { Conversation } from '../../core/model/conversation';
import type { KeptTranscript, TranscriptCache } from '../../core/store/transcripts';
import { type Disposable, Emitter } from '../../core/util/event';
import { TimeoutError } from '../../core/util/timeout';
import { variablesOf } from '../../core/view/details';
import { type Find, type SearchQuery, searchTranscript } from '../../core/view/transcriptSearch';
import type { ConversationMatches, SearchFailure, SearchState, SearchStop } from './state';

export interface SearchSource {
  readonly cache: TranscriptCache;
  /** The conversations to be searched: loaded, and let through by the filter; the newest first. */
  readonly rows: () => readonly Conversation[];
}

export interface SearchRequest {
  readonly query: SearchQuery;
  readonly find: Find;
}

/** More than these nobody looks through, and VS Code draws them all: so many more only for who asks for them. */
const maxMatches = 2000;

/** Milliseconds of work before everything else gets its turn. */
const maxSliceMs = 8;

/** Conversations for which an expression may take too long, before it is given up altogether. */
const maxTimeouts = 3;

/** The one search of the window: what was looked for, where, and what was found. */
export class TranscriptSearch implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  private current: SearchState | undefined;
  private request: SearchRequest | undefined;
  private running: AbortController | undefined;
  /** Ids of those that were looked through. It grows with the search, as the others here: a copy for each of many would take long. */
  private searched = new Set<string>();
  private failures: SearchFailure[] = [];
  private found: ConversationMatches[] = [];
  /** The place of each conversation among those that are searched. */
  private ranks = new Map<string, number>();

  constructor(private readonly source: SearchSource) {}

  /** Undefined where nothing is searched for. */
  get state(): SearchState | undefined {
    return this.current;
  }

  /** Searches anew. Resolves when it is over, for whatever reason; what was found is in `state`. */
  start(api: ConversationsApi, request: SearchRequest): Promise<void> {
    this.request = request;
    this.searched = new Set();
    this.failures = [];
    this.found = [];
    this.current = {
      query: request.query,
      running: true,
      stop: undefined,
      total: 0,
      searched: this.searched,
      found: this.found,
      matches: 0,
      failures: this.failures,
    };
    return this.run(api, request);
  }

  /** Searches what was not searched: what failed, was left out when it was stopped, or was loaded since. */
  async resume(api: ConversationsApi): Promise<void> {
    if (this.request === undefined || this.current === undefined) return;
    this.failures = [];
    this.current = { ...this.current, running: true, stop: undefined, failures: this.failures };
    await this.run(api, this.request);
  }

  /** Ends the search; what was found stays. */
  stop(why: SearchStop = 'asked'): void {
    if (this.current?.running !== true) return;
    this.running?.abort();
    this.running = undefined;
    this.update({ running: false, stop: why });
  }

  /** Ends the search and forgets what was found. */
  clear(): void {
    this.running?.abort();
    this.running = undefined;
    this.request = undefined;
    if (this.current === undefined) return;
    this.current = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.running?.abort();
    this.changed.dispose();
  }

  private async run(api: ConversationsApi, { query, find }: SearchRequest): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const { signal } = running;
    const rows = this.source.rows();
    this.ranks = new Map(rows.map(({ id }, index) => [id, index]));
    const left = rows.filter(({ id }) => this.current?.searched.has(id) !== true);
    this.update({ total: (this.current?.searched.size ?? 0) + left.length });
    const queue = left.values();
    let since = performance.now();
    const work = async (): Promise<void> => {
      for (const row of queue) {
        if (signal.aborted) return;
        const transcript = await this.loadTranscript(api, row, signal);
        // The window gets its turn every few milliseconds, also where nothing has to be asked for.
        if (performance.now() - since >= maxSliceMs) {
          await new Promise((resolve) => setImmediate(resolve));
          since = performance.now();
        }
        if (signal.aborted) return;
        if (transcript instanceof ApiError) this.recordFailure({ row, reason: transcript });
        else this.searchIn(row, transcript, find, query.isRegex);
      }
    };
    try {
      await Promise.all(Array.from({ length: maxInFlight }, work));
    } finally {
      if (this.running === running) {
        running.abort();
        this.running = undefined;
        this.update({ running: false });
      }
    }
  }

  private async loadTranscript(
    api: ConversationsApi,
    row: Conversation,
    signal: AbortSignal,
  ): Promise<KeptTranscript | ApiError> {
    const known = this.source.cache.get(row);
    if (known !== undefined) return known;
    try {
      const transcript = await api.getTranscript(row.id, { signal, priority: 'background' });
      // An answer to the account before must not pass for one of the account that is current now.
      if (!signal.aborted) this.source.cache.keep(row, transcript);
      return transcript;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error;
    }
  }

  private searchIn(row: Conversation, { turns, variables }: KeptTranscript, find: Find, isRegex: boolean): void {
    const state = this.current;
    if (state === undefined) return;
    try {
      const known = variables ?? variablesOf(row, undefined);
      const { matches, total } = searchTranscript({ turns, variables: known }, find, isRegex);
      if (total > 0) this.addFound({ row, matches, total });
      this.searched.add(row.id);
      this.update({ matches: state.matches + total });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      this.recordFailure({ row, reason: 'tooSlow' });
      return;
    }
    const before = Math.floor(state.matches / maxMatches);
    if (Math.floor((this.current?.matches ?? 0) / maxMatches) > before) this.stop('enough');
  }

  private recordFailure(failure: SearchFailure): void {
    this.failures.push(failure);
    this.update({ failures: this.failures });
    if (failure.reason === 'tooSlow') {
      if (this.failures.filter(({ reason }) => reason === 'tooSlow').length === maxTimeouts) this.stop('tooSlow');
    } else if (failsForAll(failure.reason)) {
      this.stop('failed');
    }
  }

  /** In the order in which the rows stand: what is answered first need not be the newest. */
  private addFound(next: ConversationMatches): void {
    const place = ({ row }: ConversationMatches): number => this.ranks.get(row.id) ?? this.ranks.size;
    let at = this.found.length;
    for (; at > 0 && place(this.found[at - 1] as ConversationMatches) > place(next);) at -= 1;
    this.found.splice(at, 0, next);
  }

  private update(change: Partial<SearchState>): void {
    if (this.current === undefined) return;
    this.current = { ...this.current, ...change };
    this.changed.fire();
  }
}
