import type { ConversationsApi, Priority } from '../api/api';
import { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import type { Transcript } from '../model/transcript';
import { ExactNumber, entriesOf } from '../util/exactJson';

/** What of a transcript is kept: what was said and done in it. */
export type KeptTranscript = Pick<Transcript, 'turns' | 'variables'>;

/** Which transcript it is: another `updatedAt` means that something was said since. */
export type TranscriptKey = Pick<Conversation, 'id' | 'updatedAt'>;

interface Entry {
  readonly updatedAt: string;
  readonly transcript: KeptTranscript;
  readonly size: number;
}

/** UTF-16 units; about 64 MB of memory. */
const defaultBound = 32_000_000;

/**
 * Transcripts that were read, for the session and in memory only, so that a second search asks only for what changed. Within
 * a bound: what was used least lately goes first.
 */
export class TranscriptCache {
  /** Least lately used first. */
  private readonly entries = new Map<string, Entry>();
  private size = 0;

  /** @param bound UTF-16 units of text, all together */
  constructor(private readonly bound = defaultBound) {}

  get({ id, updatedAt }: TranscriptKey): KeptTranscript | undefined {
    const entry = this.entries.get(id);
    if (entry?.updatedAt !== updatedAt) return undefined;
    this.entries.delete(id);
    this.entries.set(id, entry);
    return entry.transcript;
  }

  keep({ id, updatedAt }: TranscriptKey, { turns, variables }: KeptTranscript): void {
    this.forget(id);
    // A row that does not say when it changed can't tell that its transcript is still the same.
    if (updatedAt === '') return;
    const transcript = { turns, variables };
    const size = sizeOf(transcript);
    if (size > this.bound) return;
    this.entries.set(id, { updatedAt, transcript, size });
    this.size += size;
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.bound) break;
      this.forget(oldest);
    }
  }

  /** To be called for another account, key or address: ids are told apart by server. */
  clear(): void {
    this.entries.clear();
    this.size = 0;
  }

  private forget(id: string): void {
    this.size -= this.entries.get(id)?.size ?? 0;
    this.entries.delete(id);
  }
}

/** What a value costs beside its text: a number, a brace, a place in an object. */
const overhead = 8;

/** An estimate, in UTF-16 units. Walked without recursion: a stranger says how deep. */
function sizeOf({ turns, variables }: KeptTranscript): number {
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
  readonly answer: Promise<Transcript>;
  readonly abort: AbortController;
  readers: number;
}

/**
 * Reads transcripts, one request at a time for each conversation: who asks while it is under way joins it. Nothing is
 * kept once it was answered, so that every look is at what the server has now.
 */
export class TranscriptLoader {
  /** By API: another account's answer is never joined, even where the id is the same. */
  private readonly flights = new WeakMap<ConversationsApi, Map<string, Flight>>();

  /**
   * Source: `GET /conversations/{id}`. The request is aborted once every reader that joined has aborted.
   * @param priority of a request that has to be made; one that is under way keeps its own
   * @throws ApiError; of kind `cancelled` as soon as `signal` is aborted
   */
  async load(
    api: ConversationsApi,
    id: string,
    signal: AbortSignal,
    priority: Priority = 'visible',
  ): Promise<Transcript> {
    if (signal.aborted) throw cancelled(api, signal);
    const flight = this.join(api, id, priority);
    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        flight.readers -= 1;
        if (flight.readers === 0) this.end(api, id, flight);
        reject(cancelled(api, signal));
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([flight.answer, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  private join(api: ConversationsApi, id: string, priority: Priority): Flight {
    const flights = this.flights.get(api) ?? new Map<string, Flight>();
    this.flights.set(api, flights);
    const running = flights.get(id);
    if (running !== undefined) {
      running.readers += 1;
      return running;
    }
    const abort = new AbortController();
    const answer = api.getTranscript(id, { signal: abort.signal, priority });
    const flight: Flight = { answer, abort, readers: 1 };
    flights.set(id, flight);
    const forget = (): void => {
      if (flights.get(id) === flight) flights.delete(id);
    };
    // The readers hear of a failure; this only keeps the books.
    answer.then(forget, forget);
    return flight;
  }

  /** Forgotten before it is aborted: who asks from now on must not join a request that is being given up. */
  private end(api: ConversationsApi, id: string, flight: Flight): void {
    if (this.flights.get(api)?.get(id) === flight) this.flights.get(api)?.delete(id);
    flight.abort.abort();
  }
}

function cancelled(api: ConversationsApi, signal: AbortSignal): ApiError {
  return new ApiError({ kind: 'cancelled', origin: api.origin, cause: signal.reason });
}
