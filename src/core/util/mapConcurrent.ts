/**
 * Maps so many at once, and yields in the order of the source. No more than `atOnce` are ahead of who reads.
 * @throws what the source or `map` throws, in its turn
 */
export async function* mapConcurrent<T, R>(
  source: AsyncIterable<T>,
  concurrency: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const items = source[Symbol.asyncIterator]();
  const pending: Promise<R>[] = [];
  let ended = false;
  try {
    for (;;) {
      while (!ended && pending.length < concurrency) {
        const next: IteratorResult<T, unknown> = await items.next();
        if (next.done === true) ended = true;
        else {
          const mapped = map(next.value);
          // Whoever comes to it hears of the failure; nobody comes to those behind the first that fails.
          mapped.catch(() => undefined);
          pending.push(mapped);
        }
      }
      const next = pending.shift();
      if (next === undefined) return;
      yield await next;
    }
  } finally {
    await items.return?.();
  }
}
