/**
 * Maps with bounded concurrency and yields in source order; at most `concurrency` items are mapped ahead of the
 * consumer.
 * @throws errors of the source or of `map`, in source order
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
          // Avoids an unhandled rejection; awaiting it still throws.
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
