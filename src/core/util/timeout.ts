import { Script, createContext } from 'node:vm';
import { type Clock, systemClock } from './abort';

export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor(ms: number, options?: ErrorOptions) {
    super(`no answer within ${ms} ms`, options);
  }
}

export interface TimeoutOptions<T> {
  readonly clock?: Clock;
  /** Receives the outcome if the promise settles after the timeout: a promise can't be stopped. */
  readonly onLate?: (outcome: PromiseSettledResult<T>) => void;
}

/** Returns the promise's outcome, or rejects with `TimeoutError` after `ms`. */
export function withTimeout<T>(
  promise: PromiseLike<T>,
  ms: number,
  { clock = systemClock, onLate }: TimeoutOptions<T> = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const timer = clock.setTimeout(() => {
      isOver = true;
      reject(new TimeoutError(ms));
    }, ms);
    promise.then(
      (value) => {
        timer.dispose();
        if (isOver) onLate?.({ status: 'fulfilled', value });
        else resolve(value);
      },
      (reason: unknown) => {
        timer.dispose();
        if (isOver) onLate?.({ status: 'rejected', reason });
        else reject(reason instanceof Error ? reason : new Error(String(reason)));
      },
    );
  });
}

/** Waits until the promise settles, `ms` at most, and ignores its failure. */
export async function settleWithin(ms: number, promise: Promise<unknown>, clock?: Clock): Promise<void> {
  await withTimeout(promise, ms, clock && { clock }).catch(() => undefined);
}

const script = new Script('work()');
let context: { work: () => void } | undefined;

/**
 * Runs work for `ms` at most. For regular expressions: nothing else can interrupt catastrophic backtracking.
 * @throws TimeoutError, or the error of the work
 */
export function timeLimited<T>(ms: number, work: () => T): T {
  const done: T[] = [];
  context ??= createContext({ work: () => undefined }) as { work: () => void };
  context.work = () => void done.push(work());
  try {
    script.runInContext(context, { timeout: ms });
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new TimeoutError(ms, { cause: error });
    throw error;
  } finally {
    context.work = () => undefined;
  }
  return done[0] as T;
}
