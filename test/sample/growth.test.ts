import assert from 'node:assert/strict';
import { createSampleBackend } from '../../src/sample/backend';
import { turnsAfter } from '../../src/sample/growth';
import { jsonHeaders } from './ask';

const second = 1000;

describe('sample data that goes on', () => {
  let now: number;
  beforeEach(() => (now = Date.UTC(2026, 10, 23, 12)));

  const ask = (backend: ReturnType<typeof createSampleBackend>, path: string): unknown =>
    JSON.parse(backend.handle({ method: 'GET', url: `https://sample.invalid/api${path}`, headers: jsonHeaders }).body);
  const top = (
    backend: ReturnType<typeof createSampleBackend>,
  ): { id: string; message_count: number; type: string }[] =>
    (ask(backend, '/user/conversations?type=test') as { data: { id: string; message_count: number; type: string }[] })
      .data;

  it('has a conversation begin every minute, and each go on turn by turn', () => {
    assert.deepEqual(turnsAfter(0), []);
    assert.deepEqual(turnsAfter(7 * second), []);
    assert.deepEqual(turnsAfter(8 * second), [1]);
    assert.deepEqual(turnsAfter(17 * second), [2]);
    assert.deepEqual(turnsAfter(68 * second), [8, 1]);
    assert.equal(turnsAfter(600 * second).length, 10);
  });

  it('stays as it is unless it is switched on', () => {
    const backend = createSampleBackend(() => now);
    const before = top(backend);
    now += 3600 * second;
    assert.deepEqual(top(backend), before);
  });

  it('grows by what was asked for in time, and a pause is no flood', () => {
    const backend = createSampleBackend(() => now, { growing: true });
    const first = top(backend)[0]?.id;
    now += 10 * second;
    const [grown] = top(backend);
    assert.notEqual(grown?.id, first);
    assert.deepEqual([grown?.message_count, grown?.type], [1, 'test']);
    now += 10 * second;
    assert.equal(top(backend)[0]?.message_count, 2);
    const { history } = ask(backend, `/conversations/${grown?.id}`) as { history: unknown[] };
    assert.equal(history.length, 2);
    now += 24 * 3600 * second;
    assert.deepEqual(
      top(backend).findIndex(({ id }) => id === grown?.id),
      1,
    );
  });

  it('ends each conversation where its story ends', () => {
    const backend = createSampleBackend(() => now, { growing: true });
    top(backend);
    for (let minutes = 0; minutes < 30; minutes += 1) {
      now += 60 * second;
      top(backend);
    }
    const counts = top(backend).map(({ message_count }) => message_count);
    assert.ok(
      counts.every((count) => count > 0 && count < 40),
      counts.join(' '),
    );
    assert.ok(new Set(counts).size > 2);
  });
});
