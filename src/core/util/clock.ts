import type { Disposable } from './disposable';

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

/** Waits for a promise, `ms` milliseconds at most; its failure is left to whoever made it. */
export async function within(ms: number, promise: Promise<unknown>, clock: Clock = systemClock): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = clock.setTimeout(resolve, ms);
    const done = (): void => {
      timer.dispose();
      resolve();
    };
    promise.then(done, done);
  });
}
