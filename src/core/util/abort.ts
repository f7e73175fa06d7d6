import type { Disposable } from './event';

/**
 * Calls once when the signal is aborted, at once where it already is. Dispose when the wait is over: a signal that
 * lives as long as the window would keep every listener.
 */
export function onAbort(signal: AbortSignal, callback: () => void): Disposable {
  if (signal.aborted) {
    callback();
    return { dispose: () => undefined };
  }
  signal.addEventListener('abort', callback, { once: true });
  return { dispose: () => signal.removeEventListener('abort', callback) };
}

/** Resolves when the work is over, and at once when the signal is aborted. */
export async function raceWithAbort(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  let listening: Disposable | undefined;
  const aborted = new Promise<void>((resolve) => (listening = onAbort(signal, resolve)));
  await Promise.race([work, aborted]).finally(() => listening?.dispose());
}

/** The time, and a way to be called later: what waiting is made of, so that a test need not wait. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls once after `ms`, unless disposed before. */
  setTimeout(callback: () => void, ms: number): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => {
    const timer = setTimeout(callback, ms);
    return { dispose: () => clearTimeout(timer) };
  },
};
