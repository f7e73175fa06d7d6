import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ConversationPage } from '../../../src/core/api/api';
import { decodePage as decodePageOf } from '../../../src/core/api/decodeEnvelope';
import { toRecord } from '../../../src/core/api/decodeConversation';
import type { JsonObject, JsonValue } from '../../../src/core/model/json';

const seed = JSON.parse(readFileSync('test/fixtures/seed-list-response.json', 'utf8')) as JsonObject;
const onePage = { style: 'page', currentPage: undefined, lastPage: 1, perPage: undefined, total: undefined };

function decodePage(body: JsonValue): ConversationPage | undefined {
  return decodePageOf(body, { pageSize: 15 });
}

function envelopeOf(body: JsonValue): unknown {
  return decodePage(body)?.envelope;
}

describe('decodePage', () => {
  it("decodes the vendor's own sample", () => {
    const page = decodePage(seed);
    assert.ok(page);
    assert.deepEqual(page.rejected, []);
    assert.deepEqual(page.envelope, { style: 'page', currentPage: 1, lastPage: 5, perPage: 15, total: 68 });
    assert.deepEqual(page.rows.map(toRecord), seed['data']);
  });

  it('recognizes cursor paging by its key, even on the last page', () => {
    assert.deepEqual(envelopeOf({ data: [], next_cursor: 'abc', per_page: 15 }), {
      style: 'cursor',
      nextCursor: 'abc',
    });
    assert.deepEqual(envelopeOf({ data: [], next_cursor: null }), { style: 'cursor', nextCursor: undefined });
    assert.deepEqual(envelopeOf({ data: [], next_cursor: '' }), { style: 'cursor', nextCursor: undefined });
    assert.deepEqual(envelopeOf({ data: [], current_page: null, next_cursor: 'abc' }), {
      style: 'cursor',
      nextCursor: 'abc',
    });
  });

  it('recognizes numbered paging by its key, even if other fields are missing or in quotes', () => {
    const bare = { style: 'page', currentPage: 2, lastPage: undefined, perPage: undefined, total: undefined };
    assert.deepEqual(envelopeOf({ data: [], current_page: 2 }), bare);
    assert.deepEqual(envelopeOf({ data: [], current_page: '2', last_page: '3', per_page: '15', total: '33' }), {
      style: 'page',
      currentPage: 2,
      lastPage: 3,
      perPage: 15,
      total: 33,
    });
    assert.deepEqual(envelopeOf({ data: [], last_page: 3 }), { ...bare, currentPage: undefined, lastPage: 3 });
    assert.deepEqual(
      envelopeOf({ data: [], current_page: 2, next_cursor: 'abc' }),
      { ...bare, hasNext: true },
      'even with a cursor',
    );
    assert.deepEqual(envelopeOf({ data: [], current_page: 2, last_page: 'x', total: -4, per_page: null }), bare);
  });

  it('treats a list without paging as complete', () => {
    assert.deepEqual(decodePage([{ id: 'a' }])?.rows.length, 1);
    assert.deepEqual(envelopeOf([{ id: 'a' }]), onePage);
    assert.deepEqual(envelopeOf({ data: [{ id: 'a' }] }), onePage);
    assert.deepEqual(envelopeOf({ data: [{ id: 'a' }], total: 1 }), { ...onePage, total: 1 });
  });

  it('finds the envelope in meta', () => {
    assert.deepEqual(
      envelopeOf({ data: [], links: {}, meta: { current_page: 1, last_page: 2, total: 3, per_page: 2 } }),
      {
        style: 'page',
        currentPage: 1,
        lastPage: 2,
        perPage: 2,
        total: 3,
      },
    );
    assert.deepEqual(envelopeOf({ data: [], meta: { next_cursor: 'n' } }), { style: 'cursor', nextCursor: 'n' });
    assert.deepEqual(
      envelopeOf({ data: [], next_cursor: 'n', meta: { took: 3 } }),
      { style: 'cursor', nextCursor: 'n' },
      'not if the paging fields are next to meta',
    );
    assert.deepEqual(envelopeOf({ data: [], current_page: 1, last_page: 2, total: 3, per_page: 2, meta: {} }), {
      style: 'page',
      currentPage: 1,
      lastPage: 2,
      perPage: 2,
      total: 3,
    });
  });

  it('decodes PHP objects with numeric keys as lists', () => {
    assert.deepEqual(
      decodePage({ data: { '0': { id: 'a' }, '2': { id: 'b' } }, current_page: 1 })?.rows.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.equal(decodePage({ data: { '9': { id: 'a' }, '10': { id: 'b' } }, current_page: 1 })?.rows.length, 2);
    assert.deepEqual(decodePage({ data: {}, current_page: 1 })?.rows, []);
  });

  it("counts rows that it can't decode and keeps the others", () => {
    const page = decodePage({ current_page: 1, data: [{ id: 'a' }, null, 'x', {}, { id: 'b' }, []] });
    assert.deepEqual(
      page?.rows.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.equal(page?.rejected.length, 4);
  });

  it('keeps the later of two rows with the same ID at the position of the earlier', () => {
    const rows = [{ id: 'a', message_count: 1 }, { id: 'b' }, { id: 'a', message_count: 2 }];
    const page = decodePage({ current_page: 1, data: rows });
    assert.deepEqual(
      page?.rows.map(({ id, messageCount }) => [id, messageCount]),
      [
        ['a', 2],
        ['b', undefined],
      ],
    );
    assert.deepEqual(page?.rejected, []);
  });

  const invalidBodies: readonly JsonValue[] = [
    null,
    1,
    'x',
    {},
    { data: null },
    { data: 'x' },
    { data: { id: 'a' } },
    { data: { a1: { id: 'a' } } },
    { data: { '1a': { id: 'a' } } },
    { message: 'm' },
  ];
  for (const body of invalidBodies) {
    it(`finds no list in ${JSON.stringify(body)}`, () => assert.equal(decodePage(body), undefined));
  }
});
