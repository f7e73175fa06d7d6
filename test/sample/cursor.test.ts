import assert from 'node:assert/strict';
import { sendRequest, createBackend, parseBody, loadAllRows, list, type Row } from './requests';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Sample list with cursors', () => {
  it('returns every row once, without totals and page numbers', () => {
    const backend = createBackend({ style: 'cursor' });
    const rows: Row[] = [];
    let cursor: string | null | undefined = '';
    let pageCount = 0;
    do {
      const page = list(backend, `?per_page=20&cursor=${cursor}`);
      assert.deepEqual([page.total, page.current_page, page.last_page], [undefined, undefined, undefined]);
      rows.push(...page.data);
      cursor = page.next_cursor;
      pageCount++;
    } while (cursor);
    assert.equal(pageCount, 4);
    assert.deepEqual(rows, loadAllRows(createBackend()));
  });

  it('links to the previous page', () => {
    const backend = createBackend({ style: 'cursor' });
    const first = list(backend);
    assert.equal(first.prev_cursor, null);
    const second = list(backend, `?cursor=${first.next_cursor}`);
    const previous = list(backend, `?cursor=${second.prev_cursor}`);
    assert.deepEqual(previous.data, first.data);
    assert.equal(previous.prev_cursor, null);
    assert.deepEqual(list(backend, `?cursor=${previous.next_cursor}`).data, second.data);
    const third = list(backend, `?cursor=${second.next_cursor}`);
    const middle = list(backend, `?cursor=${third.prev_cursor}`);
    assert.deepEqual([middle.data, middle.prev_cursor], [second.data, second.prev_cursor]);
  });

  it('encodes cursors like the platform', () => {
    const { next_cursor: cursor } = list(createBackend({ style: 'cursor' }));
    assert.deepEqual(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()), {
      id: 54,
      _pointsToNextItems: true,
    });
  });

  it('returns the first page for an invalid cursor and fails for one without its column', () => {
    const backend = createBackend({ style: 'cursor' });
    const first = list(backend).data;
    for (const cursor of ['garbage', '%%%', encode('text'), encode(7)]) {
      assert.deepEqual(list(backend, `?cursor=${encodeURIComponent(cursor)}`).data, first, cursor);
    }
    const response = sendRequest(backend, `/user/conversations?cursor=${encode({ _pointsToNextItems: true })}`);
    assert.equal(response.status, 500);
    assert.deepEqual(parseBody(response), { message: 'Server Error' });
  });

  it('has no cursors without rows', () => {
    const { data, next_cursor: next, prev_cursor: previous } = list(createBackend({ style: 'cursor', count: 0 }));
    assert.deepEqual({ data, next, previous }, { data: [], next: null, previous: null });
  });

  it('ignores dates but filters by phone numbers and external identifiers', () => {
    const backend = createBackend({ style: 'cursor' });
    assert.deepEqual(list(backend, '?date_from=2030-01-01&date_to=nonsense').data, list(backend).data);
    const rows = loadAllRows(createBackend());
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

  it('keeps the filter in its links only if configured', () => {
    const next = (keepQuery: boolean): URLSearchParams =>
      new URL(list(createBackend({ style: 'cursor', keepQuery }), '?type=test').next_page_url ?? '').searchParams;
    assert.deepEqual([...next(false).keys()], ['cursor']);
    assert.deepEqual([...next(true).keys()], ['type', 'cursor']);
  });
});
