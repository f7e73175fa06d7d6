/** Milliseconds that work may go on before everything else gets its turn: less than a frame, with the garbage that it makes. */
const sliceMs = 5;

/**
 * Does work in slices, so that the process is never busy with it for long. What fits into one is done at once.
 * @param steps pauses often, and returns what was made
 * @returns what was made, now or later; undefined where `signal` was aborted before
 */
export function runTimeSliced<T>(steps: Generator<undefined, T>, signal: AbortSignal): T | Promise<T | undefined> {
  const step = runSlice(steps);
  return step.done === true ? step.value : runLaterSlices(steps, signal);
}

async function runLaterSlices<T>(steps: Generator<undefined, T>, signal: AbortSignal): Promise<T | undefined> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return undefined;
    const step = runSlice(steps);
    if (step.done === true) return step.value;
  }
}

function runSlice<T>(steps: Generator<undefined, T>): IteratorResult<undefined, T> {
  const end = performance.now() + sliceMs;
  for (;;) {
    const step = steps.next();
    if (step.done === true || performance.now() >= end) return step;
  }
}
