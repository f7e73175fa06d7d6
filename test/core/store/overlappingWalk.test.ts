import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import { walkOverlapping, type KnownTop, type WalkOutcome } from '../../../src/core/store/walks';
import type { Window } from '../../../src/core/api/paging/pageSizes';
import { idOf, ShiftingList } from '../../properties/support/shiftingList';

interface Walked {
  readonly outcome: WalkOutcome;
  readonly taken: Set<string>;
  readonly asked: Window[];
  readonly wanted: AbortSignal[];
}

/** @param change makes another answer of the server's */
async function walk(
  list: ShiftingList,
  change: (page: ConversationPage, window: Window, number: number) => ConversationPage = (page) => page,
  top?: KnownTop,
): Promise<Walked> {
  const taken = new Set<string>();
  const asked: Window[] = [];
  const wanted: AbortSignal[] = [];
  let end = list.alive.length;
  const outcome = await walkOverlapping(
    {
      top,
      get end() {
        return end;
      },
      take: (_, page) => {
        for (const { id } of page.rows) taken.add(id);
        if (page.envelope.style === 'page' && page.envelope.total !== undefined) end = page.envelope.total;
      },
    },
    async (window, signal) => {
      wanted.push(signal);
      const number = asked.push(window);
      return change(
        list.answer({ pointer: { style: 'page', page: window.page }, pageSize: window.size }),
        window,
        number,
      );
    },
  );
  return { outcome, taken, asked, wanted };
}

describe('a walk over pages that overlap', () => {
  const of = (count: number): ShiftingList => new ShiftingList(count, { style: 'page' });
  const all = (list: ShiftingList): string[] => list.alive.map(idOf);

  for (const count of [0, 1, 99, 100, 101, 1234]) {
    it(`takes all of ${count} rows, and wants nothing more in the end`, async () => {
      const list = of(count);
      const { outcome, taken, wanted } = await walk(list);
      assert.equal(outcome, 'end');
      assert.deepEqual([...taken].sort(), all(list).sort());
      assert.ok(wanted.every(({ aborted }) => aborted));
    });
  }

  it('reads only on from what is known and fresh', async () => {
    const list = of(1000);
    const known = new Set(all(list).slice(0, 800));
    const { outcome, taken, asked } = await walk(list, undefined, {
      has: (id) => known.has(id),
      position: 800,
      isFresh: true,
    });
    assert.equal(outcome, 'end');
    assert.ok(asked.length <= 4 && asked.every(({ page }) => page > 1), JSON.stringify(asked));
    assert.ok(
      all(list)
        .slice(800)
        .every((id) => taken.has(id)),
    );
  });

  it('reads from the top to what is known and not fresh, and on behind it', async () => {
    const list = of(1000);
    const known = new Set(all(list).slice(150, 800));
    const { outcome, taken, asked } = await walk(list, undefined, {
      has: (id) => known.has(id),
      position: 650,
      isFresh: false,
    });
    assert.equal(outcome, 'end');
    assert.ok([...all(list).slice(0, 150), ...all(list).slice(800)].every((id) => taken.has(id)));
    assert.ok(asked.length < 10, `${asked.length} pages`);
  });

  it('looks further up where a page shares no row with the one before it', async () => {
    const list = of(1000);
    let shifted = false;
    const { outcome, taken } = await walk(list, (page, window) => {
      if (window.page === 1 || shifted) return page;
      shifted = true;
      return { ...page, rows: page.rows.map((row) => ({ ...row, id: `other ${row.id}` })) };
    });
    assert.equal(outcome, 'end');
    assert.deepEqual([...taken].sort(), all(list).sort());
  });

  it('gives up where no page ever shares a row, and keeps what came before', async () => {
    const list = of(1000);
    const { outcome, taken, asked } = await walk(list, (page, window, number) =>
      window.page === 1 && number === 1
        ? page
        : { ...page, rows: page.rows.map((row) => ({ ...row, id: `${number} ${row.id}` })) },
    );
    assert.equal(outcome, 'unfit');
    assert.ok(
      all(list)
        .slice(0, 100)
        .every((id) => taken.has(id)),
    );
    assert.ok(asked.length < 100, `${asked.length} pages`);
  });

  const unfit: readonly [name: string, change: (page: ConversationPage) => ConversationPage][] = [
    ['cursors', (page) => ({ ...page, envelope: { style: 'cursor', nextCursor: 'x' } })],
    [
      'no last page',
      (page) => ({
        ...page,
        envelope: { style: 'page', currentPage: 1, lastPage: undefined, perPage: 100, total: 1000 },
      }),
    ],
    [
      'another page',
      (page) => ({ ...page, envelope: { style: 'page', currentPage: 2, lastPage: 10, perPage: 100, total: 1000 } }),
    ],
    [
      'another size',
      (page) => ({ ...page, envelope: { style: 'page', currentPage: 1, lastPage: 10, perPage: 15, total: 1000 } }),
    ],
    [
      'more rows than were asked for',
      (page) => ({ ...page, rejected: [{ marks: ['odd'], above: undefined, below: undefined }] }),
    ],
  ];
  for (const [name, change] of unfit) {
    it(`is not for a server that answers with ${name}, of which nothing is taken`, async () => {
      const { outcome, taken, wanted } = await walk(of(1000), change);
      assert.equal(outcome, 'unfit');
      assert.equal(taken.size, 0);
      assert.ok(wanted.every(({ aborted }) => aborted));
    });
  }

  it('ends with a list that grows as fast as it is read', async () => {
    const list = of(300);
    const { outcome, asked } = await walk(list, (page, window) => ({
      ...page,
      envelope: {
        style: 'page',
        currentPage: window.page,
        lastPage: window.page + 1,
        perPage: window.size,
        total: 1_000_000,
      },
      rows:
        page.rows.length > 0
          ? page.rows
          : Array.from(
              { length: window.size },
              (_, index) =>
                ({
                  ...list.answer({ pointer: undefined, pageSize: 1 }).rows[0],
                  id: String((window.page - 1) * window.size + index),
                }) as never,
            ),
    }));
    assert.equal(outcome, 'unfit');
    assert.ok(asked.length < 200, `${asked.length} pages`);
  });
});
