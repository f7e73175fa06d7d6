/** Shorter than a frame, garbage collection included. */
const sliceMs = 5;

/**
 * Runs work in time slices, so that it never blocks the process for long. Work that fits in one slice runs
 * synchronously.
 * @param steps pauses often and returns the result
 * @returns the result; undefined if `signal` was aborted before the end
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
