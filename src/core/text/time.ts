const zoneless = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const zoned = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:Z|([+-]\d{2})(?::?(\d{2}))?)$/i;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Parses a server time to epoch milliseconds.
 * @param sent `YYYY-MM-DD HH:MM:SS` in `zone`, or ISO 8601 with an offset
 * @param zone `UTC`, `local`, or an IANA name
 * @returns undefined if the text isn't a time
 */
export function parseInstant(sent: string, zone: string): number | undefined {
  const parts = zoneless.exec(sent);
  if (parts === null) return zonedInstant(sent);
  const [year, month, day, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as Fields;
  if (!isDate(year, month, day) || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  if (zone === 'local') return new Date(year, month - 1, day, hours, minutes, seconds).getTime();
  const wall = Date.UTC(year, month - 1, day, hours, minutes, seconds);
  if (zone === 'UTC') return wall;
  // The offset depends on the instant and vice versa: a second lookup is exact, except when clocks are set forward.
  const guess = wall - findOffset(wall, zone);
  return wall - findOffset(guess, zone);
}

/** Requires a full time, because `Date.parse` accepts "foo 1" as January 1, 2001. */
function zonedInstant(sent: string): number | undefined {
  const [, date, time, hours = '+00', minutes = '00'] = zoned.exec(sent) ?? [];
  if (date === undefined || time === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (!isDate(year, month, day)) return undefined;
  const instant = Date.parse(`${date}T${time}${hours}:${minutes}`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** Rejects years before 1000, because `Date` reads two-digit years as 19xx. */
function isDate(year: number, month: number, day: number): boolean {
  return (
    year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  );
}

type Fields = [year: number, month: number, day: number, hours: number, minutes: number, seconds: number];

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/**
 * Returns the offset of `zone` from UTC in milliseconds. Cached per quarter hour, because no zone changes more often.
 */
function findOffset(instant: number, zone: string): number {
  const quarter = Math.floor(instant / (15 * minuteMs));
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const start = quarter * 15 * minuteMs;
  const parts = Object.fromEntries(
    findFormat(zone)
      .formatToParts(start)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const field = (name: string): number => parts[name] ?? 0;
  const wall = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  if (offsets.size > 10_000) offsets.clear();
  offsets.set(key, wall - start);
  return wall - start;
}

function findFormat(zone: string): Intl.DateTimeFormat {
  let clock = formats.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, clock);
  }
  return clock;
}

export function isTimeZone(zone: string): boolean {
  if (zone === 'local') return true;
  try {
    findFormat(zone);
    return true;
  } catch {
    return false;
  }
}

/** Returns the day of an instant in a time zone, `YYYY-MM-DD`. */
export function formatDay(instant: number, zone: string): string {
  const offset =
    zone === 'UTC'
      ? 0
      : zone === 'local'
        ? -new Date(instant).getTimezoneOffset() * minuteMs
        : findOffset(instant, zone);
  return new Date(instant + offset).toISOString().slice(0, 10);
}

export type Age =
  | { readonly kind: 'future' }
  | { readonly kind: 'now' }
  | { readonly kind: 'minutes'; readonly count: number }
  | { readonly kind: 'hours'; readonly count: number }
  | { readonly kind: 'days'; readonly count: number }
  | { readonly kind: 'date'; readonly instant: number; readonly withYear: boolean };

/** Tolerates a local clock slightly behind the server's, so that new rows don't appear to be in the future. */
const maxClockSkewMs = 2 * minuteMs;

/** Older rows show their date. */
const maxAgeDays = 6;

/** @param instant and `now` in epoch milliseconds; a day is 24 hours */
export function toAge(instant: number, now: number): Age {
  const passed = now - instant;
  if (passed < -maxClockSkewMs) return { kind: 'future' };
  if (passed < minuteMs) return { kind: 'now' };
  if (passed < hourMs) return { kind: 'minutes', count: Math.floor(passed / minuteMs) };
  if (passed < dayMs) return { kind: 'hours', count: Math.floor(passed / hourMs) };
  if (passed < (maxAgeDays + 1) * dayMs) return { kind: 'days', count: Math.floor(passed / dayMs) };
  return { kind: 'date', instant, withYear: new Date(instant).getFullYear() !== new Date(now).getFullYear() };
}

/** Returns the day `count` days before `YYYY-MM-DD`. */
export function subtractDays(day: string, count = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * dayMs).toISOString().slice(0, 10);
}
