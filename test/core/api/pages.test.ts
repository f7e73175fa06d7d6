import assert from 'node:assert/strict';
import type { ConversationPage, PageRequest } from '../../../src/core/api/api';
import { decodePage } from '../../../src/core/api/decodePage';
import { walk, type WalkedPage } from '../../../src/core/api/pages';
import type { JsonValue } from '../../../src/core/model/json';
import type { PagePointer } from '../../../src/core/model/query';
import { never } from './support/client';

type Answer = (request: PageRequest, call: number) => JsonValue;

async function readAll(answer: Answer, pageSize: number, from?: PagePointer, most = 500): Promise<WalkedPage[]> {
  let calls = 0;
  const listConversations = async (_query: unknown, request: PageRequest): Promise<ConversationPage> => {
    calls += 1;
    assert.ok(calls <= most, 'the walk does not end');
    const page = decodePage(answer(request, calls));
    assert.ok(page);
    return page;
  };
  const walked: WalkedPage[] = [];
  for await (const page of walk({ listConversations }, {}, { pageSize, from, ...never() })) walked.push(page);
  return walked;
}

function idsOf(walked: readonly WalkedPage[]): Set<string> {
  return new Set(walked.flatMap(({ page }) => page.rows.map(({ id }) => id)));
}

/** Repeatable: a linear congruential generator. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const rowsOf = (ids: readonly number[]): JsonValue => ids.map((id) => ({ id: `c${id}` }));
const pageAsked = ({ pointer }: PageRequest): number => (pointer?.style === 'page' ? pointer.page : 1);

function numbered(ids: readonly number[], page: number, size: number, names: { lastPage: boolean }): JsonValue {
  return {
    current_page: page,
    data: rowsOf(ids.slice((page - 1) * size, page * size)),
    ...(names.lastPage ? { last_page: Math.max(Math.ceil(ids.length / size), 1), total: ids.length } : {}),
  };
}

describe('walk', () => {
  it('reads each row of a list that stands still, in both styles, and says where it ends', async () => {
    for (const count of [0, 1, 14, 15, 16, 63]) {
      const ids = Array.from({ length: count }, (_, index) => count - index);
      const expected = new Set(ids.map((id) => `c${id}`));
      for (const lastPage of [true, false]) {
        const walked = await readAll((request) => numbered(ids, pageAsked(request), 15, { lastPage }), 15);
        assert.deepEqual(idsOf(walked), expected);
        assert.deepEqual(
          walked.map(({ next }) => next === undefined),
          walked.map((_, index) => index === walked.length - 1),
        );
        if (lastPage) assert.equal(walked.length, Math.max(Math.ceil(count / 15), 1));
      }
      const byCursor = await readAll(({ pointer }) => {
        const start = pointer?.style === 'cursor' ? Number(pointer.cursor) : 0;
        return { data: rowsOf(ids.slice(start, start + 15)), next_cursor: start + 15 < count ? `${start + 15}` : null };
      }, 15);
      assert.deepEqual(idsOf(byCursor), expected);
    }
  });

  it('loses no row that was there at the start, however many new ones arrive between its pages', async () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = randomFrom(seed);
      const size = 1 + random(6);
      const start = random(40);
      let ids = Array.from({ length: start }, (_, index) => start - index);
      const there = ids.map((id) => `c${id}`);
      let arrivals = random(30);
      const walked = await readAll((request) => {
        const answer = numbered(ids, pageAsked(request), size, { lastPage: true });
        const arrived = Math.min(random(3 * size + 1), arrivals);
        arrivals -= arrived;
        for (let index = 0; index < arrived; index += 1) ids = [1000 + ids.length, ...ids];
        return answer;
      }, size);
      const read = idsOf(walked);
      assert.deepEqual(
        there.filter((id) => !read.has(id)),
        [],
        `seed ${seed}`,
      );
    }
  });

  it('ends with a server that ignores the pointer', async () => {
    const first = { data: rowsOf([3, 2, 1]), current_page: 1, last_page: 9, total: 27 };
    assert.equal((await readAll(() => first, 3)).length, 2);
    assert.equal((await readAll(() => ({ data: rowsOf([2, 1]), next_cursor: 'x' }), 2)).length, 2);
    assert.equal((await readAll(() => rowsOf([2, 1]), 2)).length, 1);
  });

  it('ends where cursors go round in a circle', async () => {
    const walked = await readAll((_, call) => ({ data: rowsOf([call]), next_cursor: `n${call % 3}` }), 1);
    assert.equal(walked.length, 4);
  });

  it('starts where it is told, and takes what was seen before into account', async () => {
    const ids = [6, 5, 4, 3, 2, 1];
    const answer: Answer = (request) => numbered(ids, pageAsked(request), 2, { lastPage: true });
    assert.deepEqual([...idsOf(await readAll(answer, 2, { style: 'page', page: 2 }))], ['c4', 'c3', 'c2', 'c1']);
    const seen = new Set(['c4', 'c3']);
    const listConversations = async (_: unknown, request: PageRequest): Promise<ConversationPage> => {
      const page = decodePage(answer(request, 1));
      assert.ok(page);
      return page;
    };
    const options = { pageSize: 2, from: { style: 'page', page: 2 }, seen, ...never() } as const;
    const walked: WalkedPage[] = [];
    for await (const page of walk({ listConversations }, {}, options)) walked.push(page);
    assert.deepEqual(
      walked.map(({ next }) => next),
      [undefined],
    );
    assert.deepEqual([...seen], ['c4', 'c3']);
  });

  it('passes a failure on after the pages before it', async () => {
    const walked: WalkedPage[] = [];
    const listConversations = async (_: unknown, request: PageRequest): Promise<ConversationPage> => {
      if (pageAsked(request) === 2) throw new Error('broken');
      const page = decodePage(numbered([2, 1], 1, 1, { lastPage: true }));
      assert.ok(page);
      return page;
    };
    await assert.rejects(async () => {
      for await (const page of walk({ listConversations }, {}, { pageSize: 1, ...never() })) walked.push(page);
    }, /broken/);
    assert.deepEqual(
      walked.map(({ next }) => next),
      [{ style: 'page', page: 2 }],
    );
  });
});
