import { ApiError, failsForEveryConversation } from '../api/errors';
import { maxInFlight } from '../api/rateLimits';

const maxSliceMs = 8;

/**
 * Loads transcripts, a few at a time, and hands each one over as it arrives, or its error. Stops when `signal` is aborted,
 * and after an error that every other transcript would have too.
 * @param load must reject with ApiError
 */
export async function loadEach<Item, Loaded>(
  items: Iterable<Item>,
  signal: AbortSignal,
  load: (item: Item) => Promise<Loaded>,
  handle: (item: Item, loaded: Loaded | ApiError) => void,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let wouldAllFail = false;
  let sliceStart = performance.now();
  const work = async (): Promise<void> => {
    for (;;) {
      if (signal.aborted || wouldAllFail) return;
      const next: IteratorResult<Item, unknown> = queue.next();
      if (next.done === true) return;
      const loaded = await load(next.value).catch((error: unknown) => {
        if (error instanceof ApiError) return error;
        throw error;
      });
      // Other tasks run every few milliseconds, even if all transcripts are cached.
      if (performance.now() - sliceStart >= maxSliceMs) {
        await new Promise((resolve) => setImmediate(resolve));
        sliceStart = performance.now();
      }
      if (signal.aborted) return;
      handle(next.value, loaded);
      wouldAllFail ||= loaded instanceof ApiError && failsForEveryConversation(loaded);
    }
  };
  await Promise.all(Array.from({ length: maxInFlight }, work));
}
