import assert from 'node:assert/strict';
import { createSampleBackend } from '../../src/sample/backend';
import { countTurnsAfter } from '../../src/sample/growth';
import { jsonHeaders } from './requests';

const second = 1000;

describe('Growing sample data', () => {
  let now: number;
  beforeEach(() => (now = Date.UTC(2026, 10, 23, 12)));

  const sendRequest = (backend: ReturnType<typeof createSampleBackend>, path: string): unknown =>
    JSON.parse(backend.handle({ method: 'GET', url: `https://sample.invalid/api${path}`, headers: jsonHeaders }).body);
  const loadTop = (
    backend: ReturnType<typeof createSampleBackend>,
  ): { id: string; message_count: number; type: string }[] =>
    (
      sendRequest(backend, '/user/conversations?type=test') as {
        data: { id: string; message_count: number; type: string }[];
      }
    ).data;

  it('starts a conversation every minute and adds turns to each', () => {
    assert.deepEqual(countTurnsAfter(0), []);
    assert.deepEqual(countTurnsAfter(7 * second), []);
    assert.deepEqual(countTurnsAfter(8 * second), [1]);
    assert.deepEqual(countTurnsAfter(17 * second), [2]);
    assert.deepEqual(countTurnsAfter(68 * second), [8, 1]);
    assert.equal(countTurnsAfter(600 * second).length, 10);
  });

  it("doesn't change unless growth is enabled", () => {
    const backend = createSampleBackend(() => now);
    const before = loadTop(backend);
    now += 3600 * second;
    assert.deepEqual(loadTop(backend), before);
  });

  it('grows with the time, and only a little after a pause', () => {
    const backend = createSampleBackend(() => now, { growing: true });
    const first = loadTop(backend)[0]?.id;
    now += 10 * second;
    const [added] = loadTop(backend);
    assert.notEqual(added?.id, first);
    assert.deepEqual([added?.message_count, added?.type], [1, 'test']);
    now += 10 * second;
    assert.equal(loadTop(backend)[0]?.message_count, 2);
    const { history } = sendRequest(backend, `/conversations/${added?.id}`) as { history: unknown[] };
    assert.equal(history.length, 2);
    now += 24 * 3600 * second;
    assert.deepEqual(
      loadTop(backend).findIndex(({ id }) => id === added?.id),
      1,
    );
  });

  it('ends each conversation with its story', () => {
    const backend = createSampleBackend(() => now, { growing: true });
    loadTop(backend);
    for (let minutes = 0; minutes < 30; minutes += 1) {
      now += 60 * second;
      loadTop(backend);
    }
    const counts = loadTop(backend).map(({ message_count }) => message_count);
    assert.ok(
      counts.every((count) => count > 0 && count < 40),
      counts.join(' '),
    );
    assert.ok(new Set(counts).size > 2);
  });
});
