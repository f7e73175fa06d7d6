import { setTimeout as pause } from 'node:timers/promises';

const patience = 20_000;
const betweenLooks = 50;

/**
 * Waits until `look` no longer throws, and returns what it gives; rethrows its last error after 20 seconds. For states that
 * the product reaches in its own time, asserted as a condition. A look may itself have waited for something that was gone by
 * then: the last one begins after those seconds.
 */
export async function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const isLast = Date.now() > deadline;
    try {
      return await look();
    } catch (error) {
      if (isLast) throw error;
      await pause(betweenLooks);
    }
  }
}
