import type { ApiErrorKind } from './errors';

/** One attempt of one request, without secrets: what a log may tell of it. */
export interface RequestLogEntry {
  readonly method: 'GET' | 'POST';
  /** From the base URL's path on; a conversation's id in it is shortened to 8 characters and `…`. */
  readonly path: string;
  /** As sent, without `?`; a cursor is shortened like an id. Empty where there is none. */
  readonly query: string;
  /** Missing where no answer came. */
  readonly status?: number;
  /** From being sent to being understood; waiting for its turn is not in it. */
  readonly ms: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly outcome: 'ok' | ApiErrorKind;
  /** The system's error code, where no answer came. */
  readonly code?: string;
}

export type RequestLog = (entry: RequestLogEntry) => void;
