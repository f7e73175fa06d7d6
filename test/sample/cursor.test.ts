import assert from 'node:assert/strict';
import { ask, backendWith, bodyOf, everyRow, list, type Row } from './ask';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('sample list, cursor style', () => {
  it('leads through every row once, with no total and no page', () => {
    const backend = backendWith({ style: 'cursor' });
    const rows: Row[] = [];
    let cursor: string | null | undefined = '';
    let answers = 0;
    do {
      const answer = list(backend, `?per_page=20&cursor=${cursor}`);
      assert.deepEqual([answer.total, answer.current_page, answer.last_page], [undefined, undefined, undefined]);
      rows.push(...answer.data);
      cursor = answer.next_cursor;
      answers++;
    } while (cursor);
    assert.equal(answers, 4);
    assert.deepEqual(rows, everyRow(backendWith()));
  });

  it('leads back to the page before', () => {
    const backend = backendWith({ style: 'cursor' });
    const first = list(backend);
    assert.equal(first.prev_cursor, null);
    const second = list(backend, `?cursor=${first.next_cursor}`);
    const back = list(backend, `?cursor=${second.prev_cursor}`);
    assert.deepEqual(back.data, first.data);
    assert.equal(back.prev_cursor, null);
    assert.deepEqual(list(backend, `?cursor=${back.next_cursor}`).data, second.data);
    const third = list(backend, `?cursor=${second.next_cursor}`);
    const middle = list(backend, `?cursor=${third.prev_cursor}`);
    assert.deepEqual([middle.data, middle.prev_cursor], [second.data, second.prev_cursor]);
  });

  it('writes a cursor as the platform does', () => {
    const { next_cursor: cursor } = list(backendWith({ style: 'cursor' }));
    assert.deepEqual(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()), {
      id: 54,
      _pointsToNextItems: true,
    });
  });

  it('answers the first page to what it cannot decode, and fails on a cursor without its column', () => {
    const backend = backendWith({ style: 'cursor' });
    const first = list(backend).data;
    for (const cursor of ['garbage', '%%%', encode('text'), encode(7)]) {
      assert.deepEqual(list(backend, `?cursor=${encodeURIComponent(cursor)}`).data, first, cursor);
    }
    const response = ask(backend, `/user/conversations?cursor=${encode({ _pointsToNextItems: true })}`);
    assert.equal(response.status, 500);
    assert.deepEqual(bodyOf(response), { message: 'Server Error' });
  });

  it('has no cursor at all where there is no row', () => {
    const { data, next_cursor: next, prev_cursor: previous } = list(backendWith({ style: 'cursor', count: 0 }));
    assert.deepEqual({ data, next, previous }, { data: [], next: null, previous: null });
  });

  it('does not know dates, but phones and external identifiers', () => {
    const backend = backendWith({ style: 'cursor' });
    assert.deepEqual(list(backend, '?date_from=2030-01-01&date_to=nonsense').data, list(backend).data);
    const rows = everyRow(backendWith());
    const customer = rows.find((row) => row.customer)?.customer?.phone ?? '';
    const external = rows.find((row) => row.external_identifier)?.external_identifier ?? '';
    const ids = (query: string): string[] => list(backend, query).data.map(({ id }) => id);
    assert.deepEqual(
      ids(`?customer_phone=${encodeURIComponent(customer)}`),
      rows.filter((row) => row.customer?.phone === customer).map(({ id }) => id),
    );
    assert.deepEqual(
      ids(`?external_identifier=${external}`),
      rows.filter((row) => row.external_identifier === external).map(({ id }) => id),
    );
    assert.equal(ids('?whatsapp_sender_phone=%2B4930555010').length, 4);
  });

  it('keeps the filter on, but in its links only where told to', () => {
    const next = (keepQuery: boolean): URLSearchParams =>
      new URL(list(backendWith({ style: 'cursor', keepQuery }), '?type=test').next_page_url ?? '').searchParams;
    assert.deepEqual([...next(false).keys()], ['cursor']);
    assert.deepEqual([...next(true).keys()], ['type', 'cursor']);
  });
});
