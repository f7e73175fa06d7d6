import assert from 'node:assert/strict';
import { ask, backendWith, detail, everyRow, list, start } from './ask';

const day = 86_400_000;
const time = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

describe('sample data', () => {
  it('fills five pages of fifteen, half of them tests of several assistants over several days', () => {
    const backend = backendWith();
    const rows = everyRow(backend);
    assert.ok(rows.length >= 63);
    assert.equal(list(backend).last_page, 5);
    const tests = rows.filter(({ type }) => type === 'test');
    assert.ok(tests.length >= 31);
    assert.ok(new Set(tests.map((row) => row.assistant_id)).size >= 5);
    assert.ok(new Set(tests.map((row) => row.created_at.slice(0, 10))).size >= 10);
    assert.deepEqual([...new Set(rows.map(({ type }) => type))].sort(), ['api', 'test', 'voice', 'whatsapp', 'widget']);
  });

  it('has two tests of one assistant on its first pages that tell something beside each other', () => {
    const backend = backendWith({ fixtures: false });
    const tests = list(backend, '?type=test&per_page=30').data;
    const said = ({ id }: { readonly id: string }): readonly string[] =>
      detail(backend, id).history.map(({ content }) => content ?? '');
    const called = ({ id }: { readonly id: string }): readonly string[] =>
      detail(backend, id).history.flatMap((turn) =>
        (turn.function_calls ?? []).map(({ name, arguments: given }) => `${name} ${JSON.stringify(given)}`),
      );
    const pairs = tests.flatMap((one, index) => tests.slice(index + 1).map((other) => [one, other] as const));
    const telling = pairs.filter(([one, other]) => {
      const [sayings, calls] = [new Set(said(one)), new Set(called(one))];
      const [common, news] = [
        said(other).filter((each) => sayings.has(each)),
        called(other).filter((each) => !calls.has(each)),
      ];
      return one.assistant_id === other.assistant_id && common.length > 1 && news.length > 1;
    });
    assert.ok(telling.length > 0);
  });

  it('reaches from minutes ago over hours and yesterday to last year, and never into the future', () => {
    const ages = everyRow(backendWith()).map((row) => start - time(row.created_at));
    const between = (from: number, to: number): boolean => ages.some((age) => age >= from && age < to);
    assert.ok(between(0, day / 24));
    assert.ok(between(day / 24, day / 4));
    assert.ok(between(15.5 * (day / 24), 39.5 * (day / 24)), 'yesterday');
    assert.ok(between(30 * day, 60 * day));
    assert.ok(between(365 * day, 500 * day));
    // Of many conversations, even the one of 400 turns began but two hours ago.
    for (const row of [...everyRow(backendWith()), ...everyRow(backendWith({ count: 3000, fixtures: false }))]) {
      assert.ok(time(row.created_at) < time(row.updated_at) && time(row.updated_at) < start, row.created_at);
    }
  });

  it('lists and finds no conversation that was removed', () => {
    const backend = backendWith();
    const rows = everyRow(backend);
    const removed = rows[3]?.id ?? '';
    assert.equal(backend.state.remove(removed).id, removed);
    assert.equal(backend.state.find(removed), undefined);
    assert.deepEqual(
      everyRow(backend).map(({ id }) => id),
      rows.map(({ id }) => id).filter((id) => id !== removed),
    );
    assert.throws(() => backend.state.remove(removed));
  });

  it('is listed newest first, each id once, whatever the number of conversations', () => {
    for (const count of [0, 1, 7, 68, 3000]) {
      const rows = everyRow(backendWith({ count }));
      assert.equal(rows.length, count);
      assert.equal(new Set(rows.map(({ id }) => id)).size, count);
      assert.deepEqual(
        rows,
        [...rows].sort((a, b) => b.created_at.localeCompare(a.created_at)),
      );
    }
  });

  it('counts the messages that the transcript has', () => {
    const backend = backendWith({ count: 300 });
    for (const row of everyRow(backend)) {
      if (row.id === backend.fixtureId('missingDetail')) continue;
      assert.equal(detail(backend, row.id).history.length, row.message_count, row.id);
    }
  });

  it('leaves no placeholder unfilled, and varies names from telling to telling', () => {
    const backend = backendWith({ count: 400, fixtures: false });
    const openings = new Set<string | null | undefined>();
    for (const { id } of everyRow(backend)) {
      const text = ask(backend, `/conversations/${id}`).body;
      assert.doesNotMatch(text, /\{\w+\}|undefined|NaN/, text);
      openings.add(detail(backend, id).history[0]?.content);
    }
    assert.ok(openings.size > 60, String(openings.size));
  });

  it('tells eighteen stories, with failed, slow, textual and long results among them', () => {
    const backend = backendWith({ count: 40, fixtures: false });
    const texts = everyRow(backend).map(({ id }) => ask(backend, `/conversations/${id}`).body);
    const told = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
    for (const pattern of [
      /"success":false/,
      /timed out after/,
      /"result":null/,
      /"result":"\{/,
      /"error":"timeout"/,
    ]) {
      assert.ok(told(pattern), String(pattern));
    }
    const tools = texts.map((text) => [...text.matchAll(/"name":"(\w+)"/g)].map((match) => match[1]).join());
    assert.ok(new Set(tools).size >= 18);
  });

  it('gives whatsapp a customer and a sender, api an external identifier, and nobody else either', () => {
    for (const row of everyRow(backendWith({ count: 200 }))) {
      assert.equal(row.customer !== undefined && row.whatsapp_sender !== undefined, row.type === 'whatsapp');
      assert.equal(row.external_identifier !== undefined, row.type === 'api');
    }
    assert.deepEqual(
      [
        ...new Set(everyRow(backendWith()).flatMap(({ customer }) => (customer ? [customer.name === null] : []))),
      ].sort(),
      [false, true],
    );
  });

  it('is the same for the same clock and seed, and another for another seed', () => {
    assert.deepEqual(everyRow(backendWith()), everyRow(backendWith()));
    assert.notDeepEqual(everyRow(backendWith()), everyRow(backendWith({ seed: 8 })));
  });

  it('finds any of a hundred thousand by its id', () => {
    const backend = backendWith({ count: 100_000 });
    const page = list(backend, '?per_page=100&page=777');
    assert.equal(page.total, 100_000);
    for (const { id, message_count: count } of page.data) assert.equal(detail(backend, id).history.length, count);
  });
});
