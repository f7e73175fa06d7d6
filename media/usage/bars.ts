import type { UsageLine } from '../../src/protocol/usage';

export const secondsOfDay = 86_400;

/** The bars of a plot. Times are epoch seconds of days in UTC, so that all days have the same length. */
export interface Bars {
  /** Start of each bar. */
  readonly starts: number[];
  readonly values: number[];
  /** Seconds per bar. */
  readonly step: number;
}

const maxBars = 100;
/** January 1, 1970 was a Thursday. */
const firstMonday = 4 * secondsOfDay;

/** Returns 0 for no values. `Math.max` takes only some 100,000 arguments. */
export function findLargest(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0);
}

/**
 * Creates a bar for each day from the first to the last, or for 1, 4, 16 … weeks if there are too many days.
 * @param column index in the lines' values
 */
export function createBars(lines: readonly UsageLine[], column: number): Bars {
  const known = lines.flatMap(({ day, values }) =>
    day === undefined ? [] : [{ time: Date.parse(`${day}T00:00:00Z`) / 1000, value: values[column] ?? 0 }],
  );
  if (known.length === 0) return { starts: [], values: [], step: secondsOfDay };
  const first = known.reduce((min, { time }) => Math.min(min, time), Infinity);
  const last = known.reduce((max, { time }) => Math.max(max, time), -Infinity);
  let step = secondsOfDay;
  for (let weeks = 1; (last - first) / step >= maxBars; weeks *= 4) step = 7 * weeks * secondsOfDay;
  const startOf = (time: number): number =>
    step === secondsOfDay ? time : Math.floor((time - firstMonday) / step) * step + firstMonday;
  const begin = startOf(first);
  const values = Array.from({ length: Math.round((startOf(last) - begin) / step) + 1 }, () => 0);
  for (const { time, value } of known) {
    const index = Math.round((startOf(time) - begin) / step);
    values[index] = (values[index] ?? 0) + value;
  }
  return { starts: values.map((_, index) => begin + index * step), values, step };
}
