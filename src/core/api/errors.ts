import type { WaitCause } from './api';

/**
 * Why a request brought nothing, by what the reader can do about it:
 * - `network`: no answer came (`code` is the system's, such as ENOTFOUND or ECONNREFUSED)
 * - `timeout`: the answer took too long
 * - `cancelled`: the caller's signal was aborted
 * - `unauthorized`: 401 from the API itself, the key is refused
 * - `forbidden`: 403 from the API itself
 * - `notFound`: 404 from the API itself
 * - `rejected`: another 4xx; `detail` is what the server says of it
 * - `rateLimited`: 429, also after waiting
 * - `server`: 5xx
 * - `unexpected`: an answer that is not the API's: a redirect, a web page, broken or misshapen JSON, a refusal by a firewall or proxy
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

/** What went wrong with an unexpected answer. `foreign` and `proxy` (407) are refusals by something between us and the API. */
export type UnexpectedResponse = 'redirect' | 'webPage' | 'notJson' | 'shape' | 'tooLarge' | 'foreign' | 'proxy';

export interface ApiErrorInit {
  readonly kind: ApiErrorKind;
  /** Scheme, host and port that were asked. */
  readonly origin: string;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The system's error code, where no answer came. */
  readonly code?: string;
  /** What the server says of it, shortened; never a secret. */
  readonly detail?: string;
  readonly unexpected?: UnexpectedResponse;
  /** Until when the server asks to wait, in epoch milliseconds: longer than the client does, or once more after it did. */
  readonly retryAt?: number;
  /** What it waited for when the user stopped the wait. */
  readonly waitCause?: WaitCause;
  /** It had not had its turn yet: nothing was sent. */
  readonly unsent?: boolean;
  readonly cause?: unknown;
}

/** A request that failed. Its message is for the log; what the user reads is worded elsewhere, by kind. */
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

/** Whether what failed for one conversation fails for every other too, so that it's no use to go on. */
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

/** What went wrong as an `ApiError`; what is none is a defect, and told as an answer that nobody expected. */
export function toApiError(error: unknown, origin = ''): ApiError {
  return error instanceof ApiError
    ? error
    : new ApiError({ kind: 'unexpected', origin, cause: error, detail: String(error) });
}
