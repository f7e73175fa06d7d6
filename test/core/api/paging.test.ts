import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import { decodeConversation } from '../../../src/core/api/decodeConversation';
import {
  nextPointer,
  pagingOf,
  totalOf,
  type PageEnvelope,
  type PagePointer,
} from '../../../src/core/api/paging/paging';
import type { RejectedRow } from '../../../src/core/api/rejectedRows';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonObject } from '../../../src/core/model/json';

const unreadable: RejectedRow = { marks: ['x'], above: undefined, below: undefined };
const none: ReadonlySet<string> = new Set();
const toPage = (page: number): PagePointer => ({ style: 'page', page });
const reanchor = (pointer: PagePointer, oldSize: number, newSize: number): PagePointer =>
  pagingOf(pointer).reanchor(pointer, oldSize, newSize);
const toCursor = (cursor: string): PagePointer => ({ style: 'cursor', cursor });

function pageOf(ids: string, envelope: Partial<PageEnvelope & { style: 'page' }>): Parameters<typeof nextPointer>[1] {
  const empty = { currentPage: undefined, lastPage: undefined, perPage: undefined, total: undefined };
  return { rows: [...ids].map((id) => ({ id })), envelope: { ...empty, ...envelope, style: 'page' } };
}

function cursorPage(ids: string, nextCursor: string | undefined): Parameters<typeof nextPointer>[1] {
  return { rows: [...ids].map((id) => ({ id })), envelope: { style: 'cursor', nextCursor } };
}

describe('nextPointer, page style', () => {
  it('goes on until the last page', () => {
    assert.deepEqual(nextPointer(undefined, pageOf('ab', { currentPage: 1, lastPage: 3 }), none), toPage(2));
    assert.deepEqual(nextPointer(toPage(2), pageOf('cd', { currentPage: 2, lastPage: 3 }), new Set('ab')), toPage(3));
    assert.equal(nextPointer(toPage(3), pageOf('e', { currentPage: 3, lastPage: 3 }), new Set('abcd')), undefined);
    assert.equal(nextPointer(toPage(9), pageOf('', { currentPage: 9, lastPage: 3 }), new Set('abcd')), undefined);
  });

  it('goes on until an empty page where no last page is named', () => {
    assert.deepEqual(nextPointer(undefined, pageOf('a', { currentPage: 1 }), none), toPage(2));
    assert.equal(nextPointer(toPage(2), pageOf('', { currentPage: 2 }), new Set('a')), undefined);
  });

  it('goes on over an empty page before the last', () => {
    assert.deepEqual(nextPointer(toPage(2), pageOf('', { currentPage: 2, lastPage: 4 }), new Set('a')), toPage(3));
  });

  it('ends where the server answers its first page whatever is asked', () => {
    const first = pageOf('ab', { currentPage: 1, lastPage: 3, total: 6 });
    assert.equal(nextPointer(toPage(2), first, new Set('ab'), { total: 6, lastPage: 3 }), undefined);
    const grown = pageOf('ab', { currentPage: 1, lastPage: 4, total: 7 });
    assert.equal(
      nextPointer(toPage(2), grown, new Set('ab'), { total: 6, lastPage: 3 }),
      undefined,
      'also where it grew',
    );
  });

  it('goes on where new rows pushed known ones onto the page', () => {
    const pushed = pageOf('ab', { currentPage: 2, lastPage: 4, total: 8 });
    const seen = new Set('ab');
    assert.deepEqual(nextPointer(toPage(2), pushed, seen, { total: 6 }), toPage(3));
    assert.deepEqual(nextPointer(toPage(2), pushed, seen, { lastPage: 3 }), toPage(3));
    assert.equal(nextPointer(toPage(2), pushed, seen, { total: 8, lastPage: 4 }), undefined);
    assert.equal(nextPointer(toPage(2), pushed, seen), undefined);
    assert.equal(nextPointer(undefined, pushed, seen, { total: 6 }), undefined, 'the first page has none above it');
    const unnumbered = pageOf('ab', { lastPage: 4, total: 8 });
    assert.equal(nextPointer(toCursor('n1'), unnumbered, seen, { total: 6 }), undefined, 'nor does a cursor shift');
  });

  it('asks for no page twice, whatever the server says it is', () => {
    assert.deepEqual(nextPointer(toPage(4), pageOf('x', { currentPage: 1, lastPage: 9 }), none), toPage(5));
    assert.equal(nextPointer(toPage(9), pageOf('x', { currentPage: 1, lastPage: 9 }), none), undefined);
    assert.deepEqual(nextPointer(undefined, pageOf('x', { currentPage: 0, lastPage: 9 }), none), toPage(2));
  });
});

describe('nextPointer, cursor style', () => {
  it('goes on until there is no cursor', () => {
    assert.deepEqual(nextPointer(undefined, cursorPage('ab', 'n1'), none), toCursor('n1'));
    assert.deepEqual(nextPointer(toCursor('n1'), cursorPage('cd', 'n2'), new Set('ab')), toCursor('n2'));
    assert.equal(nextPointer(toCursor('n2'), cursorPage('e', undefined), new Set('abcd')), undefined);
  });

  it('ends at a cursor that was followed', () => {
    assert.equal(nextPointer(toCursor('n1'), cursorPage('cd', 'n1'), new Set('ab')), undefined);
    const cursors = new Set(['n1', 'n2']);
    assert.equal(
      nextPointer(toCursor('n2'), cursorPage('ef', 'n1'), new Set('abcd'), { followed: cursors }),
      undefined,
    );
  });

  it('ends at a page of known rows alone', () => {
    assert.equal(nextPointer(toCursor('bad'), cursorPage('ab', 'n1'), new Set('ab')), undefined);
    assert.deepEqual(nextPointer(toCursor('n1'), cursorPage('bc', 'n2'), new Set('ab')), toCursor('n2'));
  });

  it('follows a server that changes its style', () => {
    assert.deepEqual(nextPointer(toPage(2), cursorPage('cd', 'n1'), new Set('ab')), toCursor('n1'));
    assert.deepEqual(
      nextPointer(toCursor('n1'), pageOf('cd', { currentPage: 2, lastPage: 3 }), new Set('ab')),
      toPage(3),
    );
  });
});

describe('moving a pointer to another page size', () => {
  it('skips no row, and does not go back further than it must', () => {
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

  it('leaves a cursor alone, and a page where a size is none', () => {
    assert.deepEqual(reanchor(toCursor('c'), 10, 30), toCursor('c'));
    for (const size of [0, -1, NaN, 1.5]) assert.deepEqual(reanchor(toPage(4), size, 30), toPage(4));
    assert.deepEqual(reanchor(toPage(4), 30, 0), toPage(4));
  });
});

describe('totalOf', () => {
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

  it('is what the server says where nothing was asked or the rows agree', () => {
    assert.equal(totalOf(answer([row({ type: 'api' })], 68), {}), 68);
    assert.equal(totalOf(answer([row({})], 68), { type: 'test', dateFrom: '2026-11-20', dateTo: '2026-11-20' }), 68);
    assert.equal(totalOf(answer([], 0), { type: 'test' }), 0);
    assert.equal(totalOf(answer([row({})], 68), { dateFrom: '2026-11-20' }), 68);
    assert.equal(totalOf(answer([row({})], 68), { dateTo: '2026-11-20' }), 68);
    assert.equal(totalOf(answer([row({ created_at: 'yesterday' })], 68), {}), 68, 'no day was asked for');
    assert.equal(totalOf(answer([], 68, 999), { type: 'test' }), 68, 'past the end');
    assert.equal(totalOf(answer([], 68, 1, 15), { type: 'test' }), 68, 'rows that can not be read are rows');
    assert.equal(totalOf(answer([row({})], 68, 1, 1), { type: 'test' }), 68, 'also beside as many that can');
  });

  const lies: readonly [what: string, total: number | undefined, ...Parameters<typeof totalOf>][] = [
    ['no total', undefined, answer([row({})], undefined), {}],
    ['cursor style', undefined, { rows: [], rejected: [], envelope: { style: 'cursor', nextCursor: 'n' } }, {}],
    ['a row of another type', undefined, answer([row({}), row({ type: 'api' })], 68), { type: 'test' }],
    ['a row before the first day', undefined, answer([row({})], 68), { dateFrom: '2026-11-21' }],
    [
      'one of two before it',
      undefined,
      answer([row({}), row({ created_at: '2026-11-22' })], 68),
      { dateFrom: '2026-11-21' },
    ],
    ['a row after the last day', undefined, answer([row({})], 68), { dateTo: '2026-11-19' }],
    [
      'a date that can not be read',
      undefined,
      answer([row({ created_at: 'yesterday' })], 68),
      { dateFrom: '2026-11-19' },
    ],
    [
      'two assistants for one',
      undefined,
      answer([row({ assistant_id: 'a' }), row({ assistant_id: 'b' })], 2),
      { assistantId: 7 },
    ],
    [
      'one assistant for one',
      2,
      answer([row({ assistant_id: 'a', x: 1 }), row({ assistant_id: 'a' })], 2),
      { assistantId: 7 },
    ],
    ['fewer than the page has', undefined, answer([row({}), row({ x: 1 })], 1), {}],
    ['fewer than were read', undefined, answer([row({})], 30), {}, 31],
    ['some, and none on the first page', undefined, answer([], 68), { type: 'test' }],
  ];
  for (const [what, total, page, query, soFar] of lies) {
    it(`${what}: ${String(total)}`, () => assert.equal(totalOf(page, query, soFar), total));
  }
});
