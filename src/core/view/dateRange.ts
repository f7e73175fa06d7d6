import type { DateRange } from '../model/query';
import { subtractDays, formatDay } from '../text/time';

/** Days in the reader's own calendar, `YYYY-MM-DD`, both inclusive. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** A hundred years: far enough back for anything, and all of them are days of the calendar. */
export const mostDays = 36_500;

/** Instants in epoch milliseconds: `from` is within, `before` is not. */
export interface Instants {
  readonly from?: number;
  readonly before?: number;
}

/** Days to ask the server for, `YYYY-MM-DD` in its own zone, both inclusive. */
export interface ServerDates {
  readonly dateFrom?: string;
  readonly dateTo?: string;
}

/**
 * A preset has no last day: nothing is newer than now, and rows that seem to come from the future (the server's zone was
 * guessed wrong) are better shown than lost.
 * @param now epoch milliseconds
 */
export function daysOf(range: DateRange, now: number): Days {
  switch (range.kind) {
    case 'today':
      return { from: formatDay(now, 'local') };
    case 'lastDays':
      return { from: subtractDays(formatDay(now, 'local'), Math.min(range.days, mostDays) - 1) };
    case 'between':
      return {
        ...(range.from === undefined ? {} : { from: range.from }),
        ...(range.to === undefined ? {} : { to: range.to }),
      };
  }
}

/** From the first day's first instant until the first instant after the last day, on the reader's own clock. */
export function instantsOf(range: DateRange, now: number): Instants {
  const { from, to } = daysOf(range, now);
  return {
    ...(from === undefined ? {} : { from: startOf(from, 0) }),
    ...(to === undefined ? {} : { before: startOf(to, 1) }),
  };
}

/**
 * The server counts days in its own zone, where the user's first and last day may begin on the day before and end on the day after:
 * it is asked for all days that they touch. And for one more on both sides, since times with an offset don't tell which zone its days
 * are in, and for another at the end, since a server may compare with that day's first moment. What is too much is cut off the rows.
 * @param zone the server's, as `parseInstant` takes it
 */
export function serverDates(range: DateRange, now: number, zone: string): ServerDates {
  const { from, before } = instantsOf(range, now);
  return {
    ...(from === undefined ? {} : { dateFrom: later(formatDay(from, zone), -1) }),
    ...(before === undefined ? {} : { dateTo: later(formatDay(before - 1, zone), 2) }),
  };
}

/** The day itself where the other one has no four-digit year. */
function later(day: string, days: number): string {
  const other = subtractDays(day, -days);
  return isDay(other) ? other : day;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const [year, month, day] = fieldsOf(text);
  if (year < 1000) return false;
  // A day that the month lacks is one of another month.
  return new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
}

/** Built from the calendar's fields, so that a day of 23 or 25 hours, or without a midnight, begins where it begins. */
function startOf(day: string, later: number): number {
  const [year, month, date] = fieldsOf(day);
  return new Date(year, month - 1, date + later).getTime();
}

function fieldsOf(day: string): [year: number, month: number, day: number] {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return [Number(parts?.[1] ?? Number.NaN), Number(parts?.[2] ?? Number.NaN), Number(parts?.[3] ?? Number.NaN)];
}
