import type { UsageLine } from '../../src/protocol/usage';

export const secondsOfDay = 86_400;

/** The bars of a plot. Times are seconds since 1970 of days as if they were in UTC: the same distance apart in any zone. */
export interface Bars {
  /** When each bar's days begin. */
  readonly starts: number[];
  readonly values: number[];
  /** Seconds from one bar to the next. */
  readonly step: number;
}

/** More bars than this are hairlines. */
const mostBars = 100;
/** The first of January 1970 was a Thursday; weeks begin on Mondays. */
const firstMonday = 4 * secondsOfDay;

/** The largest of any number of values, or 0: `Math.max` takes only some 100,000 arguments. */
export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/**
 * A bar for each day from the first to the last, also for those on which nothing was said; for each week, or for every four of
 * them and so on, where days are too many.
 * @param column of the lines' values
 */
export function barsOf(lines: readonly UsageLine[], column: number): Bars {
  const known = lines.flatMap(({ day, values }) =>
    day === undefined ? [] : [{ time: Date.parse(`${day}T00:00:00Z`) / 1000, value: values[column] ?? 0 }],
  );
  if (known.length === 0) return { starts: [], values: [], step: secondsOfDay };
  const first = known.reduce((least, { time }) => Math.min(least, time), Infinity);
  const last = known.reduce((most, { time }) => Math.max(most, time), -Infinity);
  let step = secondsOfDay;
  for (let weeks = 1; (last - first) / step >= mostBars; weeks *= 4) step = 7 * weeks * secondsOfDay;
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
