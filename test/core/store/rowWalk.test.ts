import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { ApiError } from '../../../src/core/api/errors';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { apiOver, idOf, ShiftingList } from '../../properties/support/shiftingList';

const serverError = new ApiError({ kind: 'server', status: 500, origin: 'https://call.example' });

/** Reads all rows, one at a time. */
async function readRows(
  answer: (page: PageRequest, signal: AbortSignal) => ConversationPage | Promise<ConversationPage>,
  {
    signal = new AbortController().signal,
    shouldRetry = false,
    maxRows = Infinity,
  }: { signal?: AbortSignal; shouldRetry?: boolean; maxRows?: number } = {},
): Promise<{ walk: RowWalk; ids: string[]; failures: ApiError[] }> {
  const walk = new RowWalk(
    apiOver(async (_, page, options) => answer(page, options.signal)),
    {},
  );
  const ids: string[] = [];
  const failures: ApiError[] = [];
  const onFailure = (error: ApiError): Promise<boolean> => {
    failures.push(error);
    return Promise.resolve(shouldRetry);
  };
  for await (const { id } of walk.rows({ signal, onFailure })) {
    if (ids.push(id) === maxRows) break;
  }
  return { walk, ids, failures };
}

describe('RowWalk', () => {
  const idsOf = (list: ShiftingList): string[] => list.alive.map(idOf);

  for (const style of ['page', 'cursor'] as const) {
    it(`yields each row once to the end (${style}s)`, async () => {
      const list = new ShiftingList(350, { style });
      const { walk, ids, failures } = await readRows((page) => list.answer(page));
      assert.deepEqual(ids, idsOf(list));
      assert.deepEqual(failures, []);
      assert.equal(walk.progress.complete, true);
    });

    it(`continues where it failed if it should retry (${style}s)`, async () => {
      const list = new ShiftingList(350, { style });
      let requestCount = 0;
      const { walk, ids, failures } = await readRows(
        (page) => {
          requestCount += 1;
          if (requestCount === 2 || requestCount === 3) throw serverError;
          return list.answer(page);
        },
        { shouldRetry: true },
      );
      assert.deepEqual(ids, idsOf(list));
      assert.ok(failures.length > 0 && failures.every((error) => error === serverError));
      assert.equal(walk.progress.complete, true);
    });
  }

  it("ends with the loaded rows and is incomplete if it shouldn't retry", async () => {
    const list = new ShiftingList(350, { style: 'cursor' });
    const { walk, ids } = await readRows((page) => {
      if (page.pointer !== undefined) throw serverError;
      return list.answer(page);
    });
    assert.deepEqual(ids, idsOf(list).slice(0, 100));
    assert.equal(walk.progress.complete, false);
  });

  it('requests nothing more after the caller stops', async () => {
    const list = new ShiftingList(5000, { style: 'cursor' });
    const { ids } = await readRows((page) => list.answer(page), { maxRows: 5 });
    const { requests } = list;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(ids.length, 5);
    assert.equal(list.requests, requests);
    assert.ok(requests <= 4, `${requests} pages were loaded`);
  });

  it('throws a cancellation error without asking', async () => {
    const cancel = new AbortController();
    const list = new ShiftingList(350, { style: 'cursor' });
    const answer = (page: PageRequest, signal: AbortSignal): ConversationPage => {
      if (page.pointer === undefined) return list.answer(page);
      cancel.abort();
      assert.equal(signal.aborted, true);
      throw new ApiError({ kind: 'cancelled', origin: 'https://call.example' });
    };
    await assert.rejects(
      readRows(answer, { signal: cancel.signal, shouldRetry: true }),
      (error) => error instanceof ApiError && error.kind === 'cancelled',
    );
  });

  it('throws unexpected errors without asking', async () => {
    const unexpectedError = new TypeError('broken');
    await assert.rejects(
      readRows(() => Promise.reject(unexpectedError), { shouldRetry: true }),
      (error) => error === unexpectedError,
    );
  });
});
