/** A violated invariant. */
export class BrokenError extends Error {
  override readonly name = 'BrokenError';
  constructor(
    /** The invariant. */
    readonly what: string,
    message: string,
  ) {
    super(message);
  }
}
