import type { WaitCause } from './api';

/**
 * Why a request failed:
 * - `network`: no response (`code` is the system's, such as ENOTFOUND or ECONNREFUSED)
 * - `timeout`: the response took too long
 * - `cancelled`: the caller's signal was aborted
 * - `unauthorized`: 401 from the API, which refuses the key
 * - `forbidden`: 403 from the API
 * - `notFound`: 404 from the API
 * - `rejected`: another 4xx; `detail` is the server's message
 * - `rateLimited`: 429, also after waiting
 * - `server`: 5xx
 * - `unexpected`: not a response of the API: a redirect, a web page, invalid JSON, a refusal by a firewall or proxy
 */
export type ApiErrorKind =
  | 'network'
  | 'timeout'
  | 'cancelled'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'rejected'
  | 'rateLimited'
  | 'server'
  | 'unexpected';

/** The kind of an unexpected response. `foreign` and `proxy` (407) are refusals by a gateway between client and API. */
export type UnexpectedResponse = 'redirect' | 'webPage' | 'notJson' | 'shape' | 'tooLarge' | 'foreign' | 'proxy';

export interface ApiErrorInit {
  readonly kind: ApiErrorKind;
  /** Scheme, host, and port of the request. */
  readonly origin: string;
  /** HTTP status, if there was a response. */
  readonly status?: number;
  /** The system's error code, if there was no response. */
  readonly code?: string;
  /** The server's message, shortened and without secrets. */
  readonly detail?: string;
  readonly unexpected?: UnexpectedResponse;
  /** Epoch milliseconds. Set if the server asks for a wait that is too long, or for another one. */
  readonly retryAt?: number;
  /** Set if the user canceled the wait. */
  readonly waitCause?: WaitCause;
  /** True if the request was still queued: nothing was sent. */
  readonly unsent?: boolean;
  readonly cause?: unknown;
}

/** A failed request. The message is for the log; users see a text by kind. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ApiErrorKind;
  readonly origin: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly unexpected: UnexpectedResponse | undefined;
  readonly retryAt: number | undefined;
  readonly waitCause: WaitCause | undefined;
  readonly unsent: boolean;

  constructor(init: ApiErrorInit) {
    const facts = [init.kind, init.status, init.code, init.unexpected, init.detail].filter(
      (fact) => fact !== undefined,
    );
    super(facts.join(' '), { cause: init.cause });
    this.kind = init.kind;
    this.origin = init.origin;
    this.status = init.status;
    this.code = init.code;
    this.detail = init.detail;
    this.unexpected = init.unexpected;
    this.retryAt = init.retryAt;
    this.waitCause = init.waitCause;
    this.unsent = init.unsent ?? false;
  }
}

/** Returns whether a failure affects every other conversation too, so that continuing is pointless. */
export function failsForEveryConversation({ kind, status, retryAt }: ApiError): boolean {
  switch (kind) {
    case 'unauthorized':
    case 'network':
    case 'rateLimited':
    case 'cancelled':
      return true;
    case 'unexpected':
      return status === 401 || status === 403 || status === 407;
    case 'server':
      return retryAt !== undefined;
    default:
      return false;
  }
}

export function isCanceled(error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'cancelled';
}

/** Wraps unexpected errors (bugs) as an unexpected response. */
export function toApiError(error: unknown, origin = ''): ApiError {
  return error instanceof ApiError
    ? error
    : new ApiError({ kind: 'unexpected', origin, cause: error, detail: String(error) });
}
