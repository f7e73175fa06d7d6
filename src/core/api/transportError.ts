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
