import assert from 'node:assert/strict';
import { sendRequest, createBackend, detail, loadAllRows, list, start } from './requests';

const day = 86_400_000;
const time = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

describe('Sample data', () => {
  it('fills five pages of fifteen, half with test conversations of several assistants and days', () => {
    const backend = createBackend();
    const rows = loadAllRows(backend);
    assert.ok(rows.length >= 63);
    assert.equal(list(backend).last_page, 5);
    const tests = rows.filter(({ type }) => type === 'test');
    assert.ok(tests.length >= 31);
    assert.ok(new Set(tests.map((row) => row.assistant_id)).size >= 5);
    assert.ok(new Set(tests.map((row) => row.created_at.slice(0, 10))).size >= 10);
    assert.deepEqual([...new Set(rows.map(({ type }) => type))].sort(), ['api', 'test', 'voice', 'whatsapp', 'widget']);
  });

  it('has two comparable test conversations of one assistant on its first pages', () => {
    const backend = createBackend({ fixtures: false });
    const tests = list(backend, '?type=test&per_page=30').data;
    const messagesOf = ({ id }: { readonly id: string }): readonly string[] =>
      detail(backend, id).history.map(({ content }) => content ?? '');
    const callsOf = ({ id }: { readonly id: string }): readonly string[] =>
      detail(backend, id).history.flatMap((turn) =>
        (turn.function_calls ?? []).map(({ name, arguments: args }) => `${name} ${JSON.stringify(args)}`),
      );
    const pairs = tests.flatMap((one, index) => tests.slice(index + 1).map((other) => [one, other] as const));
    const comparable = pairs.filter(([one, other]) => {
      const [messages, calls] = [new Set(messagesOf(one)), new Set(callsOf(one))];
      const [common, newCalls] = [
        messagesOf(other).filter((each) => messages.has(each)),
        callsOf(other).filter((each) => !calls.has(each)),
      ];
      return one.assistant_id === other.assistant_id && common.length > 1 && newCalls.length > 1;
    });
    assert.ok(comparable.length > 0);
  });

  it('has ages from minutes over hours and yesterday to last year, and none in the future', () => {
    const ages = loadAllRows(createBackend()).map((row) => start - time(row.created_at));
    const between = (from: number, to: number): boolean => ages.some((age) => age >= from && age < to);
    assert.ok(between(0, day / 24));
    assert.ok(between(day / 24, day / 4));
    assert.ok(between(15.5 * (day / 24), 39.5 * (day / 24)), 'yesterday');
    assert.ok(between(30 * day, 60 * day));
    assert.ok(between(365 * day, 500 * day));
    // With many conversations, the one with 400 turns started only two hours ago.
    for (const row of [
      ...loadAllRows(createBackend()),
      ...loadAllRows(createBackend({ count: 3000, fixtures: false })),
    ]) {
      assert.ok(time(row.created_at) < time(row.updated_at) && time(row.updated_at) < start, row.created_at);
    }
  });

  it("doesn't list or find a removed conversation", () => {
    const backend = createBackend();
    const rows = loadAllRows(backend);
    const removed = rows[3]?.id ?? '';
    assert.equal(backend.state.remove(removed).id, removed);
    assert.equal(backend.state.find(removed), undefined);
    assert.deepEqual(
      loadAllRows(backend).map(({ id }) => id),
      rows.map(({ id }) => id).filter((id) => id !== removed),
    );
    assert.throws(() => backend.state.remove(removed));
  });

  it('is listed newest first, each ID once, for any number of conversations', () => {
    for (const count of [0, 1, 7, 68, 3000]) {
      const rows = loadAllRows(createBackend({ count }));
      assert.equal(rows.length, count);
      assert.equal(new Set(rows.map(({ id }) => id)).size, count);
      assert.deepEqual(
        rows,
        [...rows].sort((a, b) => b.created_at.localeCompare(a.created_at)),
      );
    }
  });

  it('has message counts that match the transcripts', () => {
    const backend = createBackend({ count: 300 });
    for (const row of loadAllRows(backend)) {
      if (row.id === backend.fixtureId('missingDetail')) continue;
      assert.equal(detail(backend, row.id).history.length, row.message_count, row.id);
    }
  });

  it('fills all placeholders and varies names between conversations', () => {
    const backend = createBackend({ count: 400, fixtures: false });
    const openings = new Set<string | null | undefined>();
    for (const { id } of loadAllRows(backend)) {
      const text = sendRequest(backend, `/conversations/${id}`).body;
      assert.doesNotMatch(text, /\{\w+\}|undefined|NaN/, text);
      openings.add(detail(backend, id).history[0]?.content);
    }
    assert.ok(openings.size > 60, String(openings.size));
  });

  it('has eighteen stories with failed, slow, text, and long results', () => {
    const backend = createBackend({ count: 40, fixtures: false });
    const texts = loadAllRows(backend).map(({ id }) => sendRequest(backend, `/conversations/${id}`).body);
    const hasMatch = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
    for (const pattern of [
      /"success":false/,
      /timed out after/,
      /"result":null/,
      /"result":"\{/,
      /"error":"timeout"/,
    ]) {
      assert.ok(hasMatch(pattern), String(pattern));
    }
    const tools = texts.map((text) => [...text.matchAll(/"name":"(\w+)"/g)].map((match) => match[1]).join());
    assert.ok(new Set(tools).size >= 18);
  });

  it('has customers and senders only for whatsapp and external identifiers only for api', () => {
    for (const row of loadAllRows(createBackend({ count: 200 }))) {
      assert.equal(row.customer !== undefined && row.whatsapp_sender !== undefined, row.type === 'whatsapp');
      assert.equal(row.external_identifier !== undefined, row.type === 'api');
    }
    assert.deepEqual(
      [
        ...new Set(loadAllRows(createBackend()).flatMap(({ customer }) => (customer ? [customer.name === null] : []))),
      ].sort(),
      [false, true],
    );
  });

  it('is equal for the same clock and seed, and differs for another seed', () => {
    assert.deepEqual(loadAllRows(createBackend()), loadAllRows(createBackend()));
    assert.notDeepEqual(loadAllRows(createBackend()), loadAllRows(createBackend({ seed: 8 })));
  });

  it('finds any of 100,000 conversations by ID', () => {
    const backend = createBackend({ count: 100_000 });
    const page = list(backend, '?per_page=100&page=777');
    assert.equal(page.total, 100_000);
    for (const { id, message_count: count } of page.data) assert.equal(detail(backend, id).history.length, count);
  });
});
