import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import { decodeConversation } from '../../../src/core/api/decodeConversation';
import {
  findNextPointer,
  pagingOf,
  findTotal,
  type PageEnvelope,
  type PagePointer,
} from '../../../src/core/api/paging/paging';
import type { RejectedRow } from '../../../src/core/api/rejectedRows';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonObject } from '../../../src/core/model/json';

const unreadable: RejectedRow = { marks: ['x'], above: undefined, below: undefined };
const noIds: ReadonlySet<string> = new Set();
const toPage = (page: number): PagePointer => ({ style: 'page', page });
const reanchor = (pointer: PagePointer, oldSize: number, newSize: number): PagePointer =>
  pagingOf(pointer).reanchor(pointer, oldSize, newSize);
const toCursor = (cursor: string): PagePointer => ({ style: 'cursor', cursor });

function createPage(
  ids: string,
  envelope: Partial<PageEnvelope & { style: 'page' }>,
): Parameters<typeof findNextPointer>[1] {
  const empty = { currentPage: undefined, lastPage: undefined, perPage: undefined, total: undefined };
  return { rows: [...ids].map((id) => ({ id })), envelope: { ...empty, ...envelope, style: 'page' } };
}

function cursorPage(ids: string, nextCursor: string | undefined): Parameters<typeof findNextPointer>[1] {
  return { rows: [...ids].map((id) => ({ id })), envelope: { style: 'cursor', nextCursor } };
}

describe('nextPointer with numbered pages', () => {
  it('continues until the last page', () => {
    assert.deepEqual(findNextPointer(undefined, createPage('ab', { currentPage: 1, lastPage: 3 }), noIds), toPage(2));
    assert.deepEqual(
      findNextPointer(toPage(2), createPage('cd', { currentPage: 2, lastPage: 3 }), new Set('ab')),
      toPage(3),
    );
    assert.equal(
      findNextPointer(toPage(3), createPage('e', { currentPage: 3, lastPage: 3 }), new Set('abcd')),
      undefined,
    );
    assert.equal(
      findNextPointer(toPage(9), createPage('', { currentPage: 9, lastPage: 3 }), new Set('abcd')),
      undefined,
    );
  });

  it('continues until an empty page if the last page is unknown', () => {
    assert.deepEqual(findNextPointer(undefined, createPage('a', { currentPage: 1 }), noIds), toPage(2));
    assert.equal(findNextPointer(toPage(2), createPage('', { currentPage: 2 }), new Set('a')), undefined);
  });

  it('continues past an empty page before the last', () => {
    assert.deepEqual(
      findNextPointer(toPage(2), createPage('', { currentPage: 2, lastPage: 4 }), new Set('a')),
      toPage(3),
    );
  });

  it('stops if the server always returns its first page', () => {
    const first = createPage('ab', { currentPage: 1, lastPage: 3, total: 6 });
    assert.equal(findNextPointer(toPage(2), first, new Set('ab'), { total: 6, lastPage: 3 }), undefined);
    const grown = createPage('ab', { currentPage: 1, lastPage: 4, total: 7 });
    assert.equal(
      findNextPointer(toPage(2), grown, new Set('ab'), { total: 6, lastPage: 3 }),
      undefined,
      'even if the list has grown',
    );
  });

  it('continues if new rows pushed known ones onto the page', () => {
    const shifted = createPage('ab', { currentPage: 2, lastPage: 4, total: 8 });
    const seen = new Set('ab');
    assert.deepEqual(findNextPointer(toPage(2), shifted, seen, { total: 6 }), toPage(3));
    assert.deepEqual(findNextPointer(toPage(2), shifted, seen, { lastPage: 3 }), toPage(3));
    assert.equal(findNextPointer(toPage(2), shifted, seen, { total: 8, lastPage: 4 }), undefined);
    assert.equal(findNextPointer(toPage(2), shifted, seen), undefined);
    assert.equal(
      findNextPointer(undefined, shifted, seen, { total: 6 }),
      undefined,
      'the first page has no rows before it',
    );
    const unnumbered = createPage('ab', { lastPage: 4, total: 8 });
    assert.equal(findNextPointer(toCursor('n1'), unnumbered, seen, { total: 6 }), undefined, 'a cursor does not shift');
  });

  it('requests no page twice, whatever number the server reports', () => {
    assert.deepEqual(findNextPointer(toPage(4), createPage('x', { currentPage: 1, lastPage: 9 }), noIds), toPage(5));
    assert.equal(findNextPointer(toPage(9), createPage('x', { currentPage: 1, lastPage: 9 }), noIds), undefined);
    assert.deepEqual(findNextPointer(undefined, createPage('x', { currentPage: 0, lastPage: 9 }), noIds), toPage(2));
  });
});

describe('nextPointer with cursors', () => {
  it('continues until there is no cursor', () => {
    assert.deepEqual(findNextPointer(undefined, cursorPage('ab', 'n1'), noIds), toCursor('n1'));
    assert.deepEqual(findNextPointer(toCursor('n1'), cursorPage('cd', 'n2'), new Set('ab')), toCursor('n2'));
    assert.equal(findNextPointer(toCursor('n2'), cursorPage('e', undefined), new Set('abcd')), undefined);
  });

  it('stops at a cursor that was already followed', () => {
    assert.equal(findNextPointer(toCursor('n1'), cursorPage('cd', 'n1'), new Set('ab')), undefined);
    const cursors = new Set(['n1', 'n2']);
    assert.equal(
      findNextPointer(toCursor('n2'), cursorPage('ef', 'n1'), new Set('abcd'), { followed: cursors }),
      undefined,
    );
  });

  it('stops at a page that has only known rows', () => {
    assert.equal(findNextPointer(toCursor('bad'), cursorPage('ab', 'n1'), new Set('ab')), undefined);
    assert.deepEqual(findNextPointer(toCursor('n1'), cursorPage('bc', 'n2'), new Set('ab')), toCursor('n2'));
  });

  it('continues if the server changes its paging style', () => {
    assert.deepEqual(findNextPointer(toPage(2), cursorPage('cd', 'n1'), new Set('ab')), toCursor('n1'));
    assert.deepEqual(
      findNextPointer(toCursor('n1'), createPage('cd', { currentPage: 2, lastPage: 3 }), new Set('ab')),
      toPage(3),
    );
  });
});

describe('reanchor', () => {
  it('skips no row and goes back no further than necessary', () => {
    for (let page = 1; page <= 12; page += 1) {
      for (let before = 1; before <= 20; before += 1) {
        for (let after = 1; after <= 20; after += 1) {
          const moved = reanchor(toPage(page), before, after);
          assert.equal(moved.style, 'page');
          const read = (page - 1) * before;
          const start = moved.style === 'page' ? (moved.page - 1) * after : NaN;
          assert.ok(start <= read && read - start < after, `${page} of ${before} -> ${after}: ${start}`);
        }
      }
    }
  });

  it("doesn't change a cursor, or a page if a size is invalid", () => {
    assert.deepEqual(reanchor(toCursor('c'), 10, 30), toCursor('c'));
    for (const size of [0, -1, NaN, 1.5]) assert.deepEqual(reanchor(toPage(4), size, 30), toPage(4));
    assert.deepEqual(reanchor(toPage(4), 30, 0), toPage(4));
  });
});

describe('findTotal', () => {
  function row(change: JsonObject): Conversation {
    const conversation = decodeConversation({
      id: JSON.stringify(change),
      type: 'test',
      created_at: '2026-11-20 08:14:03',
      ...change,
    });
    assert.ok(conversation);
    return conversation;
  }
  function answer(
    rows: readonly Conversation[],
    total: number | undefined,
    currentPage = 1,
    rejected = 0,
  ): ConversationPage {
    return {
      rows,
      rejected: Array<RejectedRow>(rejected).fill(unreadable),
      envelope: { style: 'page', currentPage, lastPage: 5, perPage: 15, total },
    };
  }

  it("is the server's total if nothing is filtered or the rows match the query", () => {
    assert.equal(findTotal(answer([row({ type: 'api' })], 68), {}), 68);
    assert.equal(findTotal(answer([row({})], 68), { type: 'test', dateFrom: '2026-11-20', dateTo: '2026-11-20' }), 68);
    assert.equal(findTotal(answer([], 0), { type: 'test' }), 0);
    assert.equal(findTotal(answer([row({})], 68), { dateFrom: '2026-11-20' }), 68);
    assert.equal(findTotal(answer([row({})], 68), { dateTo: '2026-11-20' }), 68);
    assert.equal(findTotal(answer([row({ created_at: 'yesterday' })], 68), {}), 68, 'the query has no dates');
    assert.equal(findTotal(answer([], 68, 999), { type: 'test' }), 68, 'past the end');
    assert.equal(findTotal(answer([], 68, 1, 15), { type: 'test' }), 68, 'rows that cannot be decoded count as rows');
    assert.equal(
      findTotal(answer([row({})], 68, 1, 1), { type: 'test' }),
      68,
      'even with as many rows that can be decoded',
    );
  });

  const cases: readonly [name: string, total: number | undefined, ...Parameters<typeof findTotal>][] = [
    ['a page without a total', undefined, answer([row({})], undefined), {}],
    ['cursor paging', undefined, { rows: [], rejected: [], envelope: { style: 'cursor', nextCursor: 'n' } }, {}],
    ['a row of another type', undefined, answer([row({}), row({ type: 'api' })], 68), { type: 'test' }],
    ['a row before the first day', undefined, answer([row({})], 68), { dateFrom: '2026-11-21' }],
    [
      'one of two rows before the first day',
      undefined,
      answer([row({}), row({ created_at: '2026-11-22' })], 68),
      { dateFrom: '2026-11-21' },
    ],
    ['a row after the last day', undefined, answer([row({})], 68), { dateTo: '2026-11-19' }],
    [
      'a date that cannot be parsed',
      undefined,
      answer([row({ created_at: 'yesterday' })], 68),
      { dateFrom: '2026-11-19' },
    ],
    [
      'rows of two assistants if the query has one',
      undefined,
      answer([row({ assistant_id: 'a' }), row({ assistant_id: 'b' })], 2),
      { assistantId: 7 },
    ],
    [
      'rows of one assistant if the query has one',
      2,
      answer([row({ assistant_id: 'a', x: 1 }), row({ assistant_id: 'a' })], 2),
      { assistantId: 7 },
    ],
    ['a total below the rows of the page', undefined, answer([row({}), row({ x: 1 })], 1), {}],
    ['a total below the rows loaded so far', undefined, answer([row({})], 30), {}, 31],
    ['a total with an empty first page', undefined, answer([], 68), { type: 'test' }],
  ];
  for (const [name, total, page, query, soFar] of cases) {
    it(`is ${String(total)} for ${name}`, () => assert.equal(findTotal(page, query, soFar), total));
  }
});
