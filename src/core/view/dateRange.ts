import type { DateRange } from '../model/query';
import { subtractDays, formatDay } from '../text/time';

/** Days in the user's time zone, `YYYY-MM-DD`, both inclusive. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** A hundred years, so that all days have four-digit years. */
export const maxRangeDays = 36_500;

/** Epoch milliseconds: `from` is inclusive, `before` exclusive. */
export interface Instants {
  readonly from?: number;
  readonly before?: number;
}

/** Days of the server's query, `YYYY-MM-DD` in the server's time zone, both inclusive. */
export interface ServerDates {
  readonly dateFrom?: string;
  readonly dateTo?: string;
}

/**
 * A preset has no last day, so that rows that seem to be in the future (because of a wrongly guessed time zone) are
 * shown.
 * @param now epoch milliseconds
 */
export function toDays(range: DateRange, now: number): Days {
  switch (range.kind) {
    case 'today':
      return { from: formatDay(now, 'local') };
    case 'lastDays':
      return { from: subtractDays(formatDay(now, 'local'), Math.min(range.days, maxRangeDays) - 1) };
    case 'between':
      return {
        ...(range.from === undefined ? {} : { from: range.from }),
        ...(range.to === undefined ? {} : { to: range.to }),
      };
  }
}

/** From the start of the first day to the start of the day after the last, in the user's time zone. */
export function toInstants(range: DateRange, now: number): Instants {
  const { from, to } = toDays(range, now);
  return {
    ...(from === undefined ? {} : { from: findDayStart(from, 0) }),
    ...(to === undefined ? {} : { before: findDayStart(to, 1) }),
  };
}

/**
 * Returns all server days that the user's range touches, plus one on both sides, because times with an offset don't
 * reveal the server's time zone, and one more at the end, because a server may compare with the start of that day.
 * Surplus rows are filtered out on the client.
 * @param zone the server's, as `parseInstant` takes it
 */
export function toServerDates(range: DateRange, now: number, zone: string): ServerDates {
  const { from, before } = toInstants(range, now);
  return {
    ...(from === undefined ? {} : { dateFrom: addDays(formatDay(from, zone), -1) }),
    ...(before === undefined ? {} : { dateTo: addDays(formatDay(before - 1, zone), 2) }),
  };
}

/** Returns the day itself if the result has no four-digit year. */
function addDays(day: string, days: number): string {
  const other = subtractDays(day, -days);
  return isDay(other) ? other : day;
}

/** Whether the text is a valid `YYYY-MM-DD` date. */
export function isDay(text: string): boolean {
  const [year, month, day] = parseDayFields(text);
  if (year < 1000) return false;
  // `Date.UTC` moves an invalid day to another month.
  return new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
}

/** Uses calendar fields, because a day may have 23 or 25 hours, or no midnight. */
function findDayStart(day: string, later: number): number {
  const [year, month, date] = parseDayFields(day);
  return new Date(year, month - 1, date + later).getTime();
}

function parseDayFields(day: string): [year: number, month: number, day: number] {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return [Number(parts?.[1] ?? Number.NaN), Number(parts?.[2] ?? Number.NaN), Number(parts?.[3] ?? Number.NaN)];
}
