import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import { walkOverlapping, type KnownTop, type WalkOutcome } from '../../../src/core/store/walks';
import type { PageRange } from '../../../src/core/api/paging/pageSizes';
import { idOf, ShiftingList } from '../../properties/support/shiftingList';

interface WalkResult {
  readonly outcome: WalkOutcome;
  readonly loadedIds: Set<string>;
  readonly requested: PageRange[];
  readonly signals: AbortSignal[];
}

/** @param change replaces a server response */
async function walk(
  list: ShiftingList,
  change: (page: ConversationPage, window: PageRange, number: number) => ConversationPage = (page) => page,
  top?: KnownTop,
): Promise<WalkResult> {
  const loadedIds = new Set<string>();
  const requested: PageRange[] = [];
  const signals: AbortSignal[] = [];
  let end = list.alive.length;
  const outcome = await walkOverlapping(
    {
      top,
      get end() {
        return end;
      },
      take: (_, page) => {
        for (const { id } of page.rows) loadedIds.add(id);
        if (page.envelope.style === 'page' && page.envelope.total !== undefined) end = page.envelope.total;
      },
    },
    async (window, signal) => {
      signals.push(signal);
      const number = requested.push(window);
      return change(
        list.answer({ pointer: { style: 'page', page: window.page }, pageSize: window.size }),
        window,
        number,
      );
    },
  );
  return { outcome, loadedIds, requested, signals };
}

describe('walkOverlapping', () => {
  const createList = (count: number): ShiftingList => new ShiftingList(count, { style: 'page' });
  const idsOf = (list: ShiftingList): string[] => list.alive.map(idOf);

  for (const count of [0, 1, 99, 100, 101, 1234]) {
    it(`loads all of ${count} rows and requests nothing more at the end`, async () => {
      const list = createList(count);
      const { outcome, loadedIds, signals } = await walk(list);
      assert.equal(outcome, 'end');
      assert.deepEqual([...loadedIds].sort(), idsOf(list).sort());
      assert.ok(signals.every(({ aborted }) => aborted));
    });
  }

  it('loads only rows after known, fresh ones', async () => {
    const list = createList(1000);
    const known = new Set(idsOf(list).slice(0, 800));
    const { outcome, loadedIds, requested } = await walk(list, undefined, {
      has: (id) => known.has(id),
      position: 800,
      isFresh: true,
    });
    assert.equal(outcome, 'end');
    assert.ok(requested.length <= 4 && requested.every(({ page }) => page > 1), JSON.stringify(requested));
    assert.ok(
      idsOf(list)
        .slice(800)
        .every((id) => loadedIds.has(id)),
    );
  });

  it('loads from the top to known, stale rows, then continues after them', async () => {
    const list = createList(1000);
    const known = new Set(idsOf(list).slice(150, 800));
    const { outcome, loadedIds, requested } = await walk(list, undefined, {
      has: (id) => known.has(id),
      position: 650,
      isFresh: false,
    });
    assert.equal(outcome, 'end');
    assert.ok([...idsOf(list).slice(0, 150), ...idsOf(list).slice(800)].every((id) => loadedIds.has(id)));
    assert.ok(requested.length < 10, `${requested.length} pages`);
  });

  it('moves further up if a page shares no row with the previous one', async () => {
    const list = createList(1000);
    let hasShifted = false;
    const { outcome, loadedIds } = await walk(list, (page, window) => {
      if (window.page === 1 || hasShifted) return page;
      hasShifted = true;
      return { ...page, rows: page.rows.map((row) => ({ ...row, id: `other ${row.id}` })) };
    });
    assert.equal(outcome, 'end');
    assert.deepEqual([...loadedIds].sort(), idsOf(list).sort());
  });

  it('stops if no page ever shares a row, and keeps the earlier rows', async () => {
    const list = createList(1000);
    const { outcome, loadedIds, requested } = await walk(list, (page, window, number) =>
      window.page === 1 && number === 1
        ? page
        : { ...page, rows: page.rows.map((row) => ({ ...row, id: `${number} ${row.id}` })) },
    );
    assert.equal(outcome, 'unfit');
    assert.ok(
      idsOf(list)
        .slice(0, 100)
        .every((id) => loadedIds.has(id)),
    );
    assert.ok(requested.length < 100, `${requested.length} pages`);
  });

  const unfitServers: readonly [name: string, change: (page: ConversationPage) => ConversationPage][] = [
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
      'more rows than requested',
      (page) => ({ ...page, rejected: [{ marks: ['odd'], above: undefined, below: undefined }] }),
    ],
  ];
  for (const [name, change] of unfitServers) {
    it(`takes no rows from a server that responds with ${name}`, async () => {
      const { outcome, loadedIds, signals } = await walk(createList(1000), change);
      assert.equal(outcome, 'unfit');
      assert.equal(loadedIds.size, 0);
      assert.ok(signals.every(({ aborted }) => aborted));
    });
  }

  it('stops in a list that grows as fast as it is loaded', async () => {
    const list = createList(300);
    const { outcome, requested } = await walk(list, (page, window) => ({
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
    assert.ok(requested.length < 200, `${requested.length} pages`);
  });
});
