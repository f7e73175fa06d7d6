/** What `within` rejects with. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * The promise's outcome, or a rejection with `OutOfTime` after `milliseconds`. A promise can't be stopped: what it
 * comes to afterwards is told to `late`.
 */
export function within<T>(
  promise: PromiseLike<T>,
  milliseconds: number,
  late: (outcome: PromiseSettledResult<T>) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      reject(new OutOfTime(`no answer within ${milliseconds} ms`));
    }, milliseconds);
    promise.then(
      (value) => {
        clearTimeout(timer);
        if (over) late({ status: 'fulfilled', value });
        else resolve(value);
      },
      (reason: unknown) => {
        clearTimeout(timer);
        if (over) late({ status: 'rejected', reason });
        else reject(reason instanceof Error ? reason : new Error(String(reason)));
      },
    );
  });
}
