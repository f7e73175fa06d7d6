import assert from 'node:assert/strict';
import { sendRequest, createBackend, parseBody, loadAllRows, list } from './requests';

const path = 'https://api.example.test/api/user/conversations';

describe('Sample list with numbered pages', () => {
  it("returns fifteen rows and Laravel's full envelope", () => {
    const { data, ...envelope } = list(createBackend(), '?type=test&page=2');
    assert.equal(data.length, 15);
    const links = (envelope as { links?: readonly { label: string; active: boolean }[] }).links ?? [];
    assert.deepEqual(
      links.map(({ label, active }) => (active ? `(${label})` : label)),
      ['&laquo; Previous', '1', '(2)', '3', '4', 'Next &raquo;'],
    );
    assert.deepEqual(
      { ...envelope, links: undefined },
      {
        current_page: 2,
        first_page_url: `${path}?page=1`,
        from: 16,
        last_page: 4,
        last_page_url: `${path}?page=4`,
        links: undefined,
        next_page_url: `${path}?page=3`,
        path,
        per_page: 15,
        prev_page_url: `${path}?page=1`,
        to: 30,
        total: 50,
      },
    );
  });

  it('keeps the query in page links if configured', () => {
    const { next_page_url: url } = list(createBackend({ keepQuery: true }), '?type=test&per_page=10&page=1');
    assert.deepEqual(Object.fromEntries(new URL(url ?? '').searchParams), { type: 'test', per_page: '10', page: '2' });
  });

  it('shortens many page links with dots', () => {
    const { links } = parseBody<{ links: readonly { label: string }[] }>(
      sendRequest(createBackend({ count: 3000 }), '/user/conversations?page=50'),
    );
    assert.deepEqual(
      links.slice(1, -1).map(({ label }) => label),
      '1 2 ... 47 48 49 50 51 52 53 ... 199 200'.split(' '),
    );
  });

  it('returns an empty page past the end with the requested number', () => {
    const {
      data,
      from,
      to,
      current_page: page,
      next_page_url: next,
      prev_page_url: previous,
      total,
    } = list(createBackend(), '?page=999');
    assert.deepEqual(
      { data, from, to, page, next, previous, total },
      {
        ...{ data: [], from: null, to: null, page: 999, next: null, previous: `${path}?page=998`, total: 68 },
      },
    );
  });

  it('treats an invalid page number as the first page', () => {
    for (const page of ['0', '-2', 'x', '1.5', ''])
      assert.equal(list(createBackend(), `?page=${page}`).current_page, 1);
  });

  it('reports one page for an empty list', () => {
    const { last_page: last, total, from } = list(createBackend({ count: 0 }));
    assert.deepEqual({ last, total, from }, { last: 1, total: 0, from: null });
  });

  it('filters by type, assistant, and days, and by all together', () => {
    const backend = createBackend();
    const rows = loadAllRows(backend);
    const clinic = rows.find((row) => row.assistant_name === 'Clinic Desk')?.assistant_id;
    const check = (query: string, isMatch: (row: (typeof rows)[number]) => boolean): void => {
      const matches = rows.filter(isMatch);
      assert.ok(matches.length > 0 && matches.length < rows.length, query);
      assert.deepEqual(loadAllRows(backend, `per_page=100&${query}`), matches);
    };
    check('type=whatsapp', (row) => row.type === 'whatsapp');
    check('type=voice', (row) => row.type === 'voice');
    check('assistant_id=318', (row) => row.assistant_id === clinic);
    check('date_from=2026-11-20', (row) => row.created_at >= '2026-11-20');
    check('date_to=2026-11-20', (row) => row.created_at < '2026-11-21');
    check('type=test&assistant_id=318&date_from=2026-11-01&date_to=2026-11-23', (row) => {
      return row.type === 'test' && row.assistant_id === clinic && row.created_at >= '2026-11-01';
    });
  });

  it("rejects invalid queries in Laravel's format", () => {
    const response = sendRequest(
      createBackend(),
      '/user/conversations?type=fax&per_page=101&assistant_id=abc&date_from=2026-02-30',
    );
    assert.equal(response.status, 422);
    assert.deepEqual(parseBody(response), {
      message: 'The selected type is invalid. (and 3 more errors)',
      errors: {
        type: ['The selected type is invalid.'],
        assistant_id: ['The assistant id field must be an integer.'],
        date_from: ['The date from field must match the format Y-m-d.'],
        per_page: ['The per page field must not be greater than 100.'],
      },
    });
    for (const query of ['per_page=0', 'per_page=x', 'assistant_id=1', 'date_to=20261101', 'type=fax']) {
      const { message } = parseBody<{ message: string }>(sendRequest(createBackend(), `/user/conversations?${query}`));
      assert.match(message, /^The .*\.$/, query);
    }
  });

  it('clamps or ignores per_page if configured', () => {
    const sizes = (perPagePolicy: 'clamp' | 'ignore'): number[] =>
      ['7', '0', '5000', 'x'].map((size) => {
        const { data, per_page: reported } = list(createBackend({ count: 200, perPagePolicy }), `?per_page=${size}`);
        assert.equal(data.length, reported);
        return reported;
      });
    assert.deepEqual(sizes('clamp'), [7, 1, 100, 15]);
    assert.deepEqual(sizes('ignore'), [15, 15, 15, 15]);
  });

  it('ignores the type or other parts of the query if configured', () => {
    assert.equal(list(createBackend({ ignoreType: true }), '?type=test').total, 68);
    assert.equal(list(createBackend({ ignoreType: true }), '?type=fax').total, 68);
    assert.equal(
      list(createBackend({ ignoreQuery: ['date_from', 'assistant_id'] }), '?date_from=2026-11-23&assistant_id=318')
        .total,
      68,
    );
  });

  it('returns wrong totals, no totals, or a trimmed envelope if configured', () => {
    const wrong = list(createBackend({ lyingTotal: 999, lyingLastPage: 9 }));
    assert.deepEqual([wrong.total, wrong.last_page, wrong.data.length], [999, 9, 15]);
    const bare = list(createBackend({ noLastPage: true }), '?page=5');
    assert.deepEqual(
      [bare.total, bare.last_page, bare.data.length, bare.next_page_url],
      [undefined, undefined, 8, null],
    );
    assert.match(list(createBackend({ noLastPage: true }), '?page=4').next_page_url ?? '', /page=5$/);
    const trimmed = list(createBackend({ trimmedEnvelope: true }));
    assert.deepEqual(Object.keys(trimmed), ['current_page', 'data', 'per_page', 'total', 'last_page']);
  });

  it('writes costs as strings, empty objects as lists, and only base fields if configured', () => {
    const costs = loadAllRows(createBackend({ typeOfCost: 'string' })).map((row) => row.total_cost);
    for (const cost of costs) assert.match(String(cost), /^\d\.\d{8}$/);
    const empty = (options: object): unknown => {
      const backend = createBackend(options);
      return loadAllRows(backend).find(({ id }) => id === backend.fixtureId('variablesEmpty'))?.variables;
    };
    assert.deepEqual([empty({}), empty({ emptyObjectAs: '[]' })], [{}, []]);
    assert.deepEqual(
      [...new Set(loadAllRows(createBackend({ hasExtraFields: false })).flatMap((row) => Object.keys(row)))],
      'id assistant_id assistant_name type message_count total_cost ai_enabled created_at updated_at'.split(' '),
    );
  });

  it('reports times and filters days in the configured zone', () => {
    const [utc, kiritimati] = ['UTC', 'Pacific/Kiritimati'].map(
      (zone) => list(createBackend({ zone })).data[0]?.created_at,
    );
    assert.equal(utc, '2026-11-23 15:20:51');
    assert.equal(kiritimati, '2026-11-24 05:20:51');
    assert.equal(list(createBackend({ zone: 'UTC' }), '?date_from=2026-11-24').total, 0);
    assert.ok((list(createBackend({ zone: 'Pacific/Kiritimati' }), '?date_from=2026-11-24').total ?? 0) > 0);
  });

  it('shifts pages between requests if configured or when a conversation is added', () => {
    const backend = createBackend({ driftingRows: 2 });
    const first = list(backend).data;
    assert.deepEqual(list(backend, '?page=2').data.slice(0, 2), first.slice(-2));
    backend.configure({ driftingRows: 0 });
    const top = list(backend).data[0]?.id;
    const added = backend.addConversation({ type: 'widget', customer: { name: 'Ida', phone: '+49' } });
    assert.deepEqual(
      list(backend)
        .data.slice(0, 2)
        .map(({ id }) => id),
      [added.id, top],
    );
    assert.equal(list(backend, '?type=widget').data[0]?.customer?.name, 'Ida');
  });

  it('returns changed conversations, and resets when another count is configured', () => {
    const backend = createBackend();
    const id = list(backend).data[3]?.id ?? '';
    const before = list(backend).data[3];
    backend.updateConversation(id, { history: [{ role: 'user', content: 'hi' }], aiEnabled: false });
    assert.deepEqual(list(backend).data[3], { ...before, message_count: 1, ai_enabled: false });
    backend.configure({ count: 3 });
    assert.equal(list(backend).total, 3);
    assert.throws(() => backend.updateConversation('no such', {}), /No such conversation/);
  });

  it('returns a configured list body unchanged', () => {
    const body = '{ "data" : [ ] ,  "odd": 1.10 }\n';
    assert.equal(sendRequest(createBackend({ overrideList: body }), '/user/conversations?page=2').body, body);
  });
});
