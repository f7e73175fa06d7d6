/** Bytes of the heap that are in use, after all garbage is gone. Node has to be started with `--expose-gc`. */
export async function heapUsed(): Promise<number> {
  if (global.gc === undefined) throw new Error('started without --expose-gc');
  for (let round = 0; round < 4; round += 1) {
    global.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

/** Bytes that what is made keeps alive. */
export async function heapOf(make: () => unknown): Promise<number> {
  const before = await heapUsed();
  const kept = await make();
  const bytes = (await heapUsed()) - before;
  // Alive until it was measured.
  if (kept === undefined) throw new Error('nothing was made');
  return bytes;
}
