import type { ConversationsApi, Priority } from '../api/api';
import { ApiError } from '../api/errors';
import type { Transcript } from '../model/transcript';

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
