import type { JsonObject } from '../model/json';
import { onAbort, type Clock } from '../util/abort';
import { DisposableStore, type Disposable } from '../util/event';
import { stringify } from '../util/exactJson';
import { decodeResponse, type Decode } from './response';
import type { Priority, RateLimitWait, RequestOptions, WriteOptions } from './api';
import { ApiError, type ApiErrorKind } from './errors';
import { GateError, type RateGate, type Ticket } from './rateGate';
import {
  decideRetry,
  findPauseAfterFailure,
  findServerPause,
  findServerTime,
  parseRateLimitReset,
  type FailedAttempt,
} from './retry';
import { createRedactions, shortenId } from './serverErrorMessage';
import { type Transport, type TransportResponse, TransportError } from './transport';

export interface RequesterOptions {
  readonly origin: string;
  readonly baseUrl: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: Transport;
  /** Per attempt. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly gate: RateGate;
  readonly log: RequestLog;
}

export interface Target {
  /** Encoded; relative to the base URL. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** The ID in the path, to be shortened in logs and errors. */
  readonly conversationId?: string;
}

export interface Post extends Target {
  readonly body: JsonObject;
  readonly timeoutMs: number;
}

type OutgoingRequest = { readonly method: 'GET' | 'POST' } & Target & Partial<Pick<Post, 'body' | 'timeoutMs'>>;

type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ApiError; readonly response: TransportResponse | undefined };

/** Sends requests through the gate. Retries GETs if that can help; sends each POST once. */
export class Requester implements Disposable {
  private readonly closing = new AbortController();

  constructor(private readonly options: RequesterOptions) {}

  /** @throws ApiError */
  async get<T>(target: Target, decode: Decode<T>, { signal, priority = 'visible' }: RequestOptions): Promise<T> {
    const ticket = this.options.gate.createTicket(priority satisfies Priority);
    const waited = { waits: 0, waitedMs: 0 };
    let before: ApiError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const release = await this.enterGate(ticket, signal, before);
      let backOff: number;
      try {
        const result = await this.attempt({ method: 'GET', ...target }, decode, signal, attempt, release);
        if (result.ok) return result.value;
        // After a stale connection, the transport sent the request twice.
        attempt += countSends(result.error) - 1;
        before = result.error;
        backOff = this.waitBeforeNext({ ...result, attempt, priority, ...waited }, waited);
      } finally {
        release();
      }
      if (backOff > 0) await this.sleep(backOff, signal);
    }
  }

  /**
   * Sends the request once: without an idempotency key, the server can't detect a repetition. It may still wait for
   * other requests and the rate limit.
   * @throws ApiError
   */
  async post<T>(target: Post, decode: Decode<T>, options: WriteOptions): Promise<T> {
    const { signal, untilSent, priority = 'visible' } = options;
    const waiting = untilSent === undefined ? signal : AbortSignal.any([signal, untilSent]);
    const release = await this.enterGate(this.options.gate.createTicket(priority satisfies Priority), waiting);
    try {
      options.onSend?.();
      const result = await this.attempt({ method: 'POST', ...target }, decode, signal, 1);
      if (result.ok) return result.value;
      const pause = findPauseAfterFailure(result.response, this.options.clock.now());
      if (pause !== undefined) this.options.gate.pause(pause.ms, pause.cause);
      throw result.error;
    } finally {
      release();
    }
  }

  dispose(): void {
    this.closing.abort();
  }

  /**
   * @returns milliseconds to back off
   * @throws ApiError if another attempt isn't worthwhile
   */
  private waitBeforeNext(failed: FailedAttempt, waited: { waits: number; waitedMs: number }): number {
    const { clock, random, gate } = this.options;
    const decision = decideRetry(failed, clock.now(), random);
    if (decision.kind === 'fail') throw failed.error;
    if (decision.kind === 'backOff') return decision.ms;
    // Must precede the release of this request's slot, or the next one would hit the limit too.
    gate.pause(decision.ms, decision.cause);
    if (decision.isLast) throw failed.error;
    waited.waits += 1;
    waited.waitedMs += decision.ms;
    return 0;
  }

  /** @param before the error of the previous attempt */
  private async enterGate(ticket: Ticket, signal: AbortSignal, before?: ApiError): Promise<() => boolean> {
    try {
      return await this.options.gate.enter(ticket, signal);
    } catch (error) {
      if (!(error instanceof GateError)) throw error;
      const { origin } = this.options;
      if (error.refusal !== 'waitCanceled') throw new ApiError({ kind: 'cancelled', origin, unsent: true });
      throw before ?? createWaitCanceledError(origin, error.wait);
    }
  }

  /** @param release called when a successful response arrives */
  private async attempt<T>(
    target: OutgoingRequest,
    decode: Decode<T>,
    signal: AbortSignal,
    attempt: number,
    release?: () => boolean,
  ): Promise<Attempt<T>> {
    const { clock, key, origin } = this.options;
    const started = clock.now();
    let response: TransportResponse | undefined;
    let result: Attempt<T>;
    try {
      response = await this.exchange(target, signal);
      this.applyRateLimitHeaders(response);
      // Sends the next queued request before decoding this response.
      if (isSuccess(response) && release?.() === true) await new Promise((resolve) => setImmediate(resolve));
      const context = {
        origin,
        redactions: createRedactions(key, target.conversationId),
        retryAt: this.findRetryAt(response),
      };
      result = { ok: true, value: await decodeResponse(response, decode, context, signal) };
    } catch (error) {
      result = {
        ok: false,
        error: error instanceof ApiError ? error : this.createDecodeError(response, error),
        response,
      };
    }
    const status = response?.status ?? (result.ok ? undefined : result.error.status);
    this.options.log({
      method: target.method,
      ...this.redactTarget(target),
      ms: clock.now() - started,
      attempt,
      outcome: result.ok ? 'ok' : result.error.kind,
      ...(status === undefined ? {} : { status }),
      ...(result.ok || result.error.code === undefined ? {} : { code: result.error.code }),
    });
    return result;
  }

  /** Settles when the caller cancels, even if the transport ignores its signal. */
  private exchange(target: OutgoingRequest, signal: AbortSignal): Promise<TransportResponse> {
    const { transport, clock, headers, baseUrl } = this.options;
    const { method, body, timeoutMs = this.options.timeoutMs } = target;
    const sent = body && { headers: { ...headers, 'content-type': 'application/json' }, body: stringify(body) };
    const query = target.query?.toString() ?? '';
    const url = `${baseUrl}${target.path}${query === '' ? '' : `?${query}`}`;
    const controller = new AbortController();
    const listening = new DisposableStore();
    const exchanged = new Promise<TransportResponse>((resolve, reject) => {
      const stop = (kind: 'cancelled' | 'timeout'): void => {
        reject(this.createError(kind));
        controller.abort();
      };
      listening.add(onAbort(signal, () => stop('cancelled')));
      listening.add(onAbort(this.closing.signal, () => stop('cancelled')));
      if (controller.signal.aborted) return;
      listening.add(clock.setTimeout(() => stop('timeout'), timeoutMs));
      const send = async (): Promise<TransportResponse> =>
        transport({ method, url, headers, signal: controller.signal, ...sent });
      send().then(resolve, (error: unknown) => reject(this.toRequestError(error)));
    });
    return exchanged.finally(() => listening.dispose());
  }

  private toRequestError(error: unknown): ApiError {
    const { origin } = this.options;
    if (!(error instanceof TransportError)) return new ApiError({ kind: 'network', origin, cause: error });
    if (error.failure === 'tooLarge')
      return new ApiError({ kind: 'unexpected', unexpected: 'tooLarge', origin, cause: error });
    const code = error.code === undefined ? {} : { code: error.code };
    return new ApiError({ kind: 'network', origin, cause: error, ...code });
  }

  private findRetryAt(response: TransportResponse): number | undefined {
    const now = this.options.clock.now();
    const pause = findServerPause(response, now);
    return pause && now + pause.ms;
  }

  private createDecodeError(response: TransportResponse | undefined, cause: unknown): ApiError {
    const status = response === undefined ? {} : { status: response.status };
    return new ApiError({ kind: 'unexpected', unexpected: 'shape', origin: this.options.origin, cause, ...status });
  }

  /**
   * Pauses after the last request of the server's window if the server reports when the next one starts. Saves a 429.
   */
  private applyRateLimitHeaders(response: TransportResponse): void {
    const { gate, clock } = this.options;
    if (response.status === 429 || response.headers['x-ratelimit-remaining']?.trim() !== '0') return;
    const ms = parseRateLimitReset(response.headers['x-ratelimit-reset'], findServerTime(response, clock.now()));
    if (ms !== undefined && ms <= 60_000) gate.pause(ms);
  }

  private async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const listening = new DisposableStore();
    const slept = new Promise<void>((resolve, reject) => {
      const stop = (): void => reject(this.createError('cancelled'));
      listening.add(onAbort(signal, stop));
      listening.add(onAbort(this.closing.signal, stop));
      listening.add(this.options.clock.setTimeout(resolve, ms));
    });
    await slept.finally(() => listening.dispose());
  }

  private createError(kind: 'cancelled' | 'timeout'): ApiError {
    return new ApiError({ kind, origin: this.options.origin });
  }

  private redactTarget({ path, query, conversationId }: Target): { path: string; query: string } {
    const whole = `${new URL(this.options.baseUrl).pathname.replace(/\/$/, '')}${path}`;
    return {
      path:
        conversationId === undefined
          ? whole
          : // A function, because `$&` in a replacement string would insert the ID.
            whole.replace(encodeURIComponent(conversationId), () => shortenId(conversationId)),
      query: [...(query ?? [])]
        .map(([name, value]) => `${name}=${name === 'cursor' ? shortenId(value) : encodeURIComponent(value)}`)
        .join('&'),
    };
  }
}

/** For a request that was never sent because the user canceled the wait. */
function createWaitCanceledError(origin: string, wait: RateLimitWait | undefined): ApiError {
  const details = wait && { retryAt: wait.until, waitCause: wait.cause };
  return new ApiError({
    kind: wait?.cause === 'unavailable' ? 'server' : 'rateLimited',
    origin,
    unsent: true,
    ...details,
  });
}

function isSuccess({ status }: TransportResponse): boolean {
  return status >= 200 && status < 300;
}

function countSends({ cause }: ApiError): number {
  return cause instanceof TransportError ? cause.sends : 1;
}

/** One attempt of a request, without secrets, for the log. */
export interface RequestLogEntry {
  readonly method: 'GET' | 'POST';
  /** With the base URL's path; conversation IDs are shortened to 8 characters and `…`. */
  readonly path: string;
  /** As sent, without `?`; cursors are shortened like IDs. Empty if there is none. */
  readonly query: string;
  readonly status?: number;
  /** Duration from sending to decoding, without time in the queue. */
  readonly ms: number;
  /** Counts from 1. */
  readonly attempt: number;
  readonly outcome: 'ok' | ApiErrorKind;
  readonly code?: string;
}

export type RequestLog = (entry: RequestLogEntry) => void;
