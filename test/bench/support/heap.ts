/** Returns the used bytes of the heap after garbage collection. Needs `--expose-gc`. */
export async function heapUsed(): Promise<number> {
  if (global.gc === undefined) throw new Error('started without --expose-gc');
  for (let round = 0; round < 4; round += 1) {
    global.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

/** Returns the bytes that the created value keeps alive. */
export async function measureHeap(make: () => unknown): Promise<number> {
  const before = await heapUsed();
  const value = await make();
  const bytes = (await heapUsed()) - before;
  // Keeps the value alive until it is measured.
  if (value === undefined) throw new Error('nothing was created');
  return bytes;
}
