const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD HH:MM:SS` in a zone, as the platform's rows have it. */
export function formatInZone(time: number, zone: string): string {
  if (zone === 'UTC') return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  let format = formats.get(zone);
  if (!format) {
    // Sweden writes dates the way the platform does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
  }
  return format.format(time);
}

export const minute = 60_000;
export const day = 24 * 60 * minute;

/**
 * How long before the start the conversation of that rank began: the newest minutes ago, the first few hours apart, the oldest
 * over a year back. Grows with the rank, whatever the count, so that the order by time is the order by id.
 */
export function ageOfRank(rank: number, count: number, jitter: number): number {
  const far = rank / Math.max(count, 60);
  return 9 * minute + rank * 7 * minute + (jitter % (6 * minute)) + Math.floor(410 * day * far ** 3);
}
