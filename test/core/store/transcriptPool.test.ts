import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind } from '../../../src/core/api/errors';
import { maxInFlight } from '../../../src/core/api/rateLimits';
import { loadEach } from '../../../src/core/store/transcriptPool';

const errorOf = (kind: ApiErrorKind): ApiError => new ApiError({ kind, origin: 'https://call.example' });
const noAbort = new AbortController().signal;
const ids = Array.from({ length: 20 }, (_, index) => index);

describe('loadEach', () => {
  it('hands over every item, with at most four requests at a time', async () => {
    let running = 0;
    let maxRunning = 0;
    const handled: number[] = [];
    const load = async (item: number): Promise<number> => {
      running += 1;
      maxRunning = Math.max(maxRunning, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return 2 * item;
    };
    await loadEach(ids, noAbort, load, (item, loaded) => {
      assert.equal(loaded, 2 * item);
      handled.push(item);
    });
    assert.deepEqual([handled.toSorted((a, b) => a - b), maxRunning], [ids, maxInFlight]);
  });

  it('continues after an error of one transcript', async () => {
    const failed: number[] = [];
    const load = (item: number): Promise<number> =>
      item % 2 === 0 ? Promise.resolve(item) : Promise.reject(errorOf('notFound'));
    await loadEach(ids, noAbort, load, (item, loaded) => {
      if (loaded instanceof ApiError) failed.push(item);
    });
    assert.equal(failed.length, 10);
  });

  it('stops after an error that the others would have too', async () => {
    let requested = 0;
    const load = (): Promise<number> => {
      requested += 1;
      return Promise.reject(errorOf('unauthorized'));
    };
    const handled: unknown[] = [];
    await loadEach(ids, noAbort, load, (_, loaded) => handled.push(loaded));
    assert.equal(requested, maxInFlight);
    assert.equal(handled.length, maxInFlight);
  });

  it('requests and hands over nothing after an abort', async () => {
    const abort = new AbortController();
    const handled: number[] = [];
    await loadEach(
      ids,
      abort.signal,
      (item) => Promise.resolve(item),
      (item) => {
        handled.push(item);
        abort.abort();
      },
    );
    assert.deepEqual(handled, [0]);
  });

  it('rejects with errors that are not of the API', async () => {
    const load = (): Promise<number> => Promise.reject(new TypeError('defect'));
    await assert.rejects(
      loadEach(ids, noAbort, load, () => undefined),
      TypeError,
    );
  });
});
