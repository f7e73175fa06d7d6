import assert from 'node:assert/strict';
import { createBars, findLargest, secondsOfDay } from '../../media/usage/bars';

const line = (day: string | undefined, value: number) => ({ label: '', day, values: [value], cells: [] });
const dayOf = (seconds: number | undefined): string => new Date((seconds ?? 0) * 1000).toISOString().slice(0, 10);

describe('bars of the usage chart', () => {
  it('are empty for an unknown day', () => {
    assert.deepEqual(createBars([line(undefined, 3)], 0), { starts: [], values: [], step: secondsOfDay });
  });

  it('include days without usage', () => {
    const { starts, values } = createBars([line('2026-02-27', 1), line('2026-03-02', 2), line(undefined, 9)], 0);
    assert.deepEqual(starts.map(dayOf), ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    assert.deepEqual(values, [1, 0, 0, 2]);
  });

  it('are weeks starting on Monday if there are too many days, with the same total', () => {
    const { starts, values, step } = createBars(
      [line('2026-01-01', 1), line('2026-11-22', 2), line('2026-11-23', 3), line('2026-11-27', 4)],
      0,
    );
    assert.equal(step, 7 * secondsOfDay);
    assert.deepEqual([dayOf(starts[0]), dayOf(starts.at(-1))], ['2025-12-29', '2026-11-23']);
    assert.deepEqual([values[0], values.at(-2), values.at(-1)], [1, 2, 7]);
  });

  it('can sum any number of lines', () => {
    const lines = Array.from({ length: 300_000 }, () => line('2026-11-27', 1));
    assert.deepEqual(createBars(lines, 0).values, [300_000]);
    assert.equal(findLargest(Array<number>(300_000).fill(7)), 7);
  });

  it('are at most about a hundred for any range of years', () => {
    const { starts, values } = createBars([line('1970-01-01', 1), line('2026-11-27', 2)], 0);
    assert.ok(starts.length <= 101, `${starts.length}`);
    assert.equal(
      values.reduce((all, each) => all + each, 0),
      3,
    );
  });
});
