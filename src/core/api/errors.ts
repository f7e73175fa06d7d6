/**
 * Why a request brought nothing, by what the reader can do about it:
 * - `network`: no answer came (`code` is the system's, such as ENOTFOUND or ECONNREFUSED)
 * - `timeout`: the answer took too long
 * - `cancelled`: the caller's signal was aborted
 * - `unauthorized`: 401, the key is refused
 * - `forbidden`: 403
 * - `notFound`: 404
 * - `rejected`: another 4xx; `detail` is what the server says of it
 * - `rateLimited`: 429, also after waiting
 * - `server`: 5xx
 * - `unexpected`: an answer that is not the API's: a redirect, a web page, broken or misshapen JSON
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

/** What went wrong with an unexpected answer. */
export type UnexpectedAnswer = 'redirect' | 'webPage' | 'notJson' | 'shape' | 'tooLarge';

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
  readonly answer?: UnexpectedAnswer;
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
  readonly answer: UnexpectedAnswer | undefined;
  readonly unsent: boolean;

  constructor(init: ApiErrorInit) {
    const facts = [init.kind, init.status, init.code, init.answer, init.detail].filter((fact) => fact !== undefined);
    super(facts.join(' '), { cause: init.cause });
    this.kind = init.kind;
    this.origin = init.origin;
    this.status = init.status;
    this.code = init.code;
    this.detail = init.detail;
    this.answer = init.answer;
    this.unsent = init.unsent ?? false;
  }
}

export function isCancelled(error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'cancelled';
}

/** What went wrong as an `ApiError`; what is none is a defect, and told as an answer that nobody expected. */
export function asApiError(error: unknown, origin = ''): ApiError {
  return error instanceof ApiError ? error : new ApiError({ kind: 'unexpected', origin, cause: error, detail: String(error) });
}
