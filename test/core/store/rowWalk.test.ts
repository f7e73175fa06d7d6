import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { ApiError } from '../../../src/core/api/errors';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { apiOver, idOf, ShiftingList } from '../../properties/support/shiftingList';

const refused = new ApiError({ kind: 'server', status: 500, origin: 'https://call.example' });

/** Reads it all, as somebody who takes one row at a time. */
async function read(
  answer: (page: PageRequest, signal: AbortSignal) => ConversationPage | Promise<ConversationPage>,
  {
    signal = new AbortController().signal,
    goOn = false,
    take = Infinity,
  }: { signal?: AbortSignal; goOn?: boolean; take?: number } = {},
): Promise<{ walk: RowWalk; ids: string[]; failures: ApiError[] }> {
  const walk = new RowWalk(
    apiOver(async (_, page, options) => answer(page, options.signal)),
    {},
  );
  const ids: string[] = [];
  const failures: ApiError[] = [];
  const onFailure = (error: ApiError): Promise<boolean> => {
    failures.push(error);
    return Promise.resolve(goOn);
  };
  for await (const { id } of walk.rows({ signal, onFailure })) {
    if (ids.push(id) === take) break;
  }
  return { walk, ids, failures };
}

describe('a walk over the rows of a list', () => {
  const whole = (list: ShiftingList): string[] => list.alive.map(idOf);

  for (const style of ['page', 'cursor'] as const) {
    it(`reads each once, to the end (${style}s)`, async () => {
      const list = new ShiftingList(350, { style });
      const { walk, ids, failures } = await read((page) => list.answer(page));
      assert.deepEqual(ids, whole(list));
      assert.deepEqual(failures, []);
      assert.equal(walk.standing.complete, true);
    });

    it(`reads on from where it failed, where that is wanted (${style}s)`, async () => {
      const list = new ShiftingList(350, { style });
      let asked = 0;
      const { walk, ids, failures } = await read(
        (page) => {
          asked += 1;
          if (asked === 2 || asked === 3) throw refused;
          return list.answer(page);
        },
        { goOn: true },
      );
      assert.deepEqual(ids, whole(list));
      assert.ok(failures.length > 0 && failures.every((error) => error === refused));
      assert.equal(walk.standing.complete, true);
    });
  }

  it('ends with what came where it is not to read on, and does not pass for complete', async () => {
    const list = new ShiftingList(350, { style: 'cursor' });
    const { walk, ids } = await read((page) => {
      if (page.pointer !== undefined) throw refused;
      return list.answer(page);
    });
    assert.deepEqual(ids, whole(list).slice(0, 100));
    assert.equal(walk.standing.complete, false);
  });

  it('asks for nothing further once no more rows are taken', async () => {
    const list = new ShiftingList(5000, { style: 'cursor' });
    const { ids } = await read((page) => list.answer(page), { take: 5 });
    const { requests } = list;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(ids.length, 5);
    assert.equal(list.requests, requests);
    assert.ok(requests <= 4, `${requests} pages were read`);
  });

  it('fails as cancelled where it is cancelled, without a question', async () => {
    const cancel = new AbortController();
    const list = new ShiftingList(350, { style: 'cursor' });
    const answer = (page: PageRequest, signal: AbortSignal): ConversationPage => {
      if (page.pointer === undefined) return list.answer(page);
      cancel.abort();
      assert.equal(signal.aborted, true);
      throw new ApiError({ kind: 'cancelled', origin: 'https://call.example' });
    };
    await assert.rejects(
      read(answer, { signal: cancel.signal, goOn: true }),
      (error) => error instanceof ApiError && error.kind === 'cancelled',
    );
  });

  it('passes on what is broken, which no question helps with', async () => {
    const defect = new TypeError('broken');
    await assert.rejects(
      read(() => Promise.reject(defect), { goOn: true }),
      (error) => error === defect,
    );
  });
});
