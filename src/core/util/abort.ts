import type { Disposable } from './event';

/**
 * Calls back once when the signal is aborted; immediately if it already is. Dispose when the wait ends, because a
 * long-lived signal would retain every listener.
 */
export function onAbort(signal: AbortSignal, callback: () => void): Disposable {
  if (signal.aborted) {
    callback();
    return { dispose: () => undefined };
  }
  signal.addEventListener('abort', callback, { once: true });
  return { dispose: () => signal.removeEventListener('abort', callback) };
}

/** Resolves when the work ends or the signal is aborted. */
export async function raceWithAbort(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  let listening: Disposable | undefined;
  const aborted = new Promise<void>((resolve) => (listening = onAbort(signal, resolve)));
  await Promise.race([work, aborted]).finally(() => listening?.dispose());
}

/** The time and timers, replaceable in tests. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `ms`, unless disposed before. */
  setTimeout(callback: () => void, ms: number): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => {
    const timer = setTimeout(callback, ms);
    return { dispose: () => clearTimeout(timer) };
  },
};
