import type { ConversationsApi, Priority } from '../api/api';
import { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import type { Transcript } from '../model/transcript';
import { Emitter } from '../util/event';
import { ExactNumber, entriesOf } from '../util/exactJson';

export type CachedTranscript = Pick<Transcript, 'turns' | 'variables'>;

/** Identifies a version of a transcript: a new message changes `updatedAt`. */
export type TranscriptKey = Pick<Conversation, 'id' | 'updatedAt'>;

interface Entry {
  readonly updatedAt: string;
  readonly transcript: CachedTranscript;
  readonly size: number;
}

/** UTF-16 units; about 64 MB of memory. */
const defaultMaxChars = 32_000_000;

/** Caches transcripts in memory, so that a second search requests only changed ones. Evicts the least recently used. */
export class TranscriptCache {
  /** Least recently used first. */
  private readonly entries = new Map<string, Entry>();
  private size = 0;

  /** @param maxChars total UTF-16 units of text */
  constructor(private readonly maxChars = defaultMaxChars) {}

  get({ id, updatedAt }: TranscriptKey): CachedTranscript | undefined {
    const entry = this.entries.get(id);
    if (entry?.updatedAt !== updatedAt) return undefined;
    this.entries.delete(id);
    this.entries.set(id, entry);
    return entry.transcript;
  }

  set({ id, updatedAt }: TranscriptKey, { turns, variables }: CachedTranscript): void {
    this.remove(id);
    // Without `updatedAt` a change of the transcript can't be detected.
    if (updatedAt === '') return;
    const transcript = { turns, variables };
    const size = estimateSize(transcript);
    if (size > this.maxChars) return;
    this.entries.set(id, { updatedAt, transcript, size });
    this.size += size;
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.maxChars) break;
      this.remove(oldest);
    }
  }

  /** Must be called when account, key or base URL changes: IDs are unique only per server. */
  clear(): void {
    this.entries.clear();
    this.size = 0;
  }

  private remove(id: string): void {
    this.size -= this.entries.get(id)?.size ?? 0;
    this.entries.delete(id);
  }
}

/** The cost of a value in addition to its text. */
const overhead = 8;

/** Estimates UTF-16 units. Not recursive, because untrusted data may be nested deeply. */
function estimateSize({ turns, variables }: CachedTranscript): number {
  let size = overhead;
  const open: (JsonValue | undefined)[] = [variables];
  for (const { role, content, functionCalls } of turns) {
    size += overhead + role.length + content.length;
    for (const call of functionCalls) {
      size += overhead + call.name.length;
      open.push(call.arguments, call.result);
    }
  }
  while (open.length > 0) {
    const value = open.pop();
    size += overhead;
    if (typeof value === 'string') size += value.length;
    if (value instanceof ExactNumber) size += value.source.length;
    if (typeof value !== 'object' || value === null || value instanceof ExactNumber) continue;
    for (const [key, inner] of entriesOf(value as JsonObject)) {
      size += key.length;
      open.push(inner);
    }
  }
  return size;
}

interface Flight {
  readonly response: Promise<Transcript>;
  readonly abort: AbortController;
  readonly priority: Priority;
  subscribers: number;
}

export interface LoadedTranscript {
  readonly api: ConversationsApi;
  /** Of the row before the request; empty if there was no row. */
  readonly key: TranscriptKey;
  readonly transcript: Transcript;
}

/** Loads every transcript of the app. Concurrent calls for one conversation share a request. */
export class TranscriptLoader {
  private readonly loaded = new Emitter<LoadedTranscript>();
  /** Fires for each response. */
  readonly onDidLoad = this.loaded.event;

  /** The transcripts of `loadCached`. */
  readonly cache = new TranscriptCache();

  /** By API, because another account may use the same ID. */
  private readonly flights = new WeakMap<ConversationsApi, Map<string, Flight>>();

  /** @param findUpdatedAt of a conversation's row; undefined if there is no row */
  constructor(private readonly findUpdatedAt: (id: string) => string | undefined = () => undefined) {}

  /**
   * Source: `GET /conversations/{id}`, never cached. The request is aborted when all callers have aborted.
   * @param priority of a new request; a visible call doesn't wait for a background request
   * @throws ApiError; of kind `cancelled` as soon as `signal` is aborted
   */
  async load(
    api: ConversationsApi,
    id: string,
    signal: AbortSignal,
    priority: Priority = 'visible',
  ): Promise<Transcript> {
    if (signal.aborted) throw createCancelError(api, signal);
    const flight = this.join(api, id, priority);
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        flight.subscribers -= 1;
        if (flight.subscribers === 0) this.end(api, id, flight);
        reject(createCancelError(api, signal));
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([flight.response, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Loads in the background, unless this version of the transcript is cached. @throws ApiError, as `load` does */
  async loadCached(api: ConversationsApi, row: TranscriptKey, signal: AbortSignal): Promise<CachedTranscript> {
    const known = this.cache.get(row);
    if (known !== undefined) return known;
    const transcript = await this.load(api, row.id, signal, 'background');
    // A canceled load may be of a previous account.
    if (!signal.aborted) this.cache.set(row, transcript);
    return transcript;
  }

  dispose(): void {
    this.loaded.dispose();
  }

  private join(api: ConversationsApi, id: string, priority: Priority): Flight {
    const flights = this.flights.get(api) ?? new Map<string, Flight>();
    this.flights.set(api, flights);
    const running = flights.get(id);
    if (running !== undefined && (running.priority === priority || running.priority === 'visible')) {
      running.subscribers += 1;
      return running;
    }
    const abort = new AbortController();
    const key = { id, updatedAt: this.findUpdatedAt(id) ?? '' };
    const response = api.getTranscript(id, { signal: abort.signal, priority }).then((transcript) => {
      this.loaded.fire({ api, key, transcript });
      return transcript;
    });
    const flight: Flight = { response, abort, priority, subscribers: 1 };
    flights.set(id, flight);
    const forget = (): void => {
      if (flights.get(id) === flight) flights.delete(id);
    };
    // The callers handle a failure.
    response.then(forget, forget);
    return flight;
  }

  /** Removed before it is aborted, so that no later call joins it. */
  private end(api: ConversationsApi, id: string, flight: Flight): void {
    if (this.flights.get(api)?.get(id) === flight) this.flights.get(api)?.delete(id);
    flight.abort.abort();
  }
}

function createCancelError(api: ConversationsApi, signal: AbortSignal): ApiError {
  return new ApiError({ kind: 'cancelled', origin: api.origin, cause: signal.reason });
}
