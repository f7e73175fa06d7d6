import { setTimeout as pause } from 'node:timers/promises';

const timeoutMs = 20_000;
const pauseMs = 50;

/**
 * Repeats `attempt` until it doesn't throw, and returns its result. After 20 seconds, the last attempt starts, and its error
 * is thrown. For the page objects, which also run without Playwright Test.
 */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const isLast = Date.now() > deadline;
    try {
      return await attempt();
    } catch (error) {
      if (isLast) throw error;
      await pause(pauseMs);
    }
  }
}
