/** Something that must hold does not. */
export class BrokenError extends Error {
  override readonly name = 'BrokenError';
  constructor(
    /** What must hold. */
    readonly what: string,
    message: string,
  ) {
    super(message);
  }
}
