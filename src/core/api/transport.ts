/** One HTTP exchange. The real one goes over the network, the sample backend's stays in the process. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Why a transport brought no answer:
 * - `network`: the connection failed, before or within the answer
 * - `tooLarge`: the answer's body passes the cap
 * - `aborted`: the request's signal was aborted
 */
export type TransportFailure = 'network' | 'tooLarge' | 'aborted';

/** What a `Transport` rejects with. It names no URL: the path of a conversation opens it to whoever reads the log. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly failure: TransportFailure,
    /** The system's error code, such as ECONNREFUSED, where it gives one. */
    readonly code: string | undefined = undefined,
    /** How often the request was sent before it failed. */
    readonly sends: number = 1,
  ) {
    super(code === undefined ? failure : `${failure} ${code}`);
  }
}
