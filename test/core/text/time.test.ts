import assert from 'node:assert/strict';
import { toAge, subtractDays, formatDay, parseInstant, isTimeZone, type Age } from '../../../src/core/text/time';
import { inZone, zones } from './inZone';

const at = (iso: string): number => Date.parse(iso);
const minute = 60_000;
const hour = 60 * minute;

describe('parseInstant', () => {
  const valid: readonly [sent: string, zone: string, instant: string][] = [
    ['2025-01-25 14:30:00', 'UTC', '2025-01-25T14:30:00Z'],
    ['2025-01-25T14:30:00', 'UTC', '2025-01-25T14:30:00Z'],
    ['2025-01-25 14:30', 'UTC', '2025-01-25T14:30:00Z'],
    ['2025-01-25', 'UTC', '2025-01-25T00:00:00Z'],
    ['1000-01-01 23:59:59', 'UTC', '1000-01-01T23:59:59Z'],
    ['2025-01-25 14:30:00.250', 'UTC', '2025-01-25T14:30:00Z'],
    ['2025-01-25 14:30:00', 'Europe/Berlin', '2025-01-25T13:30:00Z'],
    ['2025-07-25 14:30:00', 'Europe/Berlin', '2025-07-25T12:30:00Z'],
    ['2025-01-25 14:30:00', 'Asia/Kolkata', '2025-01-25T09:00:00Z'],
    ['2025-01-25 00:10:00', 'Pacific/Kiritimati', '2025-01-24T10:10:00Z'],
    ['2026-03-29 01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59Z'],
    ['2026-03-29 03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['2026-10-25 01:59:59', 'Europe/Berlin', '2026-10-24T23:59:59Z'],
    ['2026-10-25 03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00Z'],
    ['2026-03-08 01:59:59', 'America/New_York', '2026-03-08T06:59:59Z'],
    ['2026-03-08 03:00:00', 'America/New_York', '2026-03-08T07:00:00Z'],
    ['2026-11-01 00:59:59', 'America/New_York', '2026-11-01T04:59:59Z'],
    ['2026-11-01 02:00:00', 'America/New_York', '2026-11-01T07:00:00Z'],
    ['2026-03-02T10:00:00.000000Z', 'Europe/Berlin', '2026-03-02T10:00:00Z'],
    ['2026-03-02T10:00:00+02:00', 'Europe/Berlin', '2026-03-02T08:00:00Z'],
    ['2026-03-02 10:00:00-0330', 'UTC', '2026-03-02T13:30:00Z'],
    ['2026-03-02 10:00:00+02', 'UTC', '2026-03-02T08:00:00Z'],
    ['2026-03-02 10:00z', 'UTC', '2026-03-02T10:00:00Z'],
  ];
  for (const [sent, zone, instant] of valid) {
    it(`parses ${sent} in ${zone} as ${instant}`, () =>
      assert.equal(new Date(parseInstant(sent, zone) ?? NaN).toISOString(), new Date(instant).toISOString()));
  }

  it('uses the local clock for the zone "local"', () =>
    inZone('Asia/Kolkata', () =>
      assert.equal(parseInstant('2025-01-25 14:30:00', 'local'), at('2025-01-25T09:00:00Z')),
    ));

  const invalid = [
    '',
    'yesterday',
    'foo 1',
    '1',
    '2025-02-30 10:00:00',
    '2025-13-01 10:00:00',
    '2025-00-01',
    '2025-01-01 25:00:00',
    '2025-01-01 10:61:00',
    '2025-01-01 10:10:60',
    '2025-01-00 10:00:00',
    'from 2025-01-01T10:00:00Z',
    '0025-01-01 10:00:00',
    '2025-02-30T10:00:00Z',
    '2025-01-01T25:00:00Z',
    '25.01.2025 14:30',
    '2025-01-25 14:30:00 CET',
    '1737815400',
  ];
  for (const sent of invalid) {
    it(`returns undefined for ${JSON.stringify(sent)}`, () => {
      for (const zone of ['UTC', 'local', 'Europe/Berlin']) assert.equal(parseInstant(sent, zone), undefined);
    });
  }

  for (const zone of zones) {
    it(`inverts the wall clock of ${zone} for a whole year`, () => {
      const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      for (let instant = at('2026-01-01T00:00:00Z'); instant < at('2027-01-01T00:00:00Z'); instant += 3.5 * hour) {
        const parsed = parseInstant(wall.format(instant), zone) ?? NaN;
        // A repeated hour has one wall time for two instants.
        assert.equal(wall.format(parsed), wall.format(instant));
        assert.ok(Math.abs(parsed - instant) <= hour, wall.format(instant));
      }
    });
  }
});

describe('isTimeZone', () => {
  it('accepts UTC, local, and the names that the platform knows', () =>
    assert.deepEqual(['UTC', 'local', 'Europe/Berlin', 'Mars/Olympus', '', 'Berlin'].map(isTimeZone), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]));
});

describe('formatDay and subtractDays', () => {
  it('return the day in the time zone', () => {
    const instant = at('2026-11-20T23:30:00Z');
    assert.equal(formatDay(instant, 'UTC'), '2026-11-20');
    assert.equal(formatDay(instant, 'Europe/Berlin'), '2026-11-21');
    assert.equal(formatDay(instant, 'America/New_York'), '2026-11-20');
    inZone('Asia/Kolkata', () => assert.equal(formatDay(instant, 'local'), '2026-11-21'));
    inZone('America/New_York', () => assert.equal(formatDay(instant, 'local'), '2026-11-20'));
  });

  for (const zone of zones) {
    it(`agree with the platform's calendar in ${zone}`, () => {
      const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
      inZone(zone, () => {
        for (let instant = at('2026-01-01T00:00:00Z'); instant < at('2027-01-01T00:00:00Z'); instant += 2.5 * hour) {
          assert.equal(formatDay(instant, zone), calendar.format(instant));
          assert.equal(formatDay(instant, 'local'), calendar.format(instant));
        }
      });
    });
  }

  it('subtract days across months and years', () => {
    assert.equal(subtractDays('2026-03-01'), '2026-02-28');
    assert.equal(subtractDays('2028-03-01'), '2028-02-29');
    assert.equal(subtractDays('2026-01-01'), '2025-12-31');
    assert.equal(subtractDays('2026-11-23', 30), '2026-10-24');
    assert.equal(subtractDays('2026-11-23', 0), '2026-11-23');
  });
});

describe('toAge', () => {
  const now = at('2026-11-23T10:00:00Z');
  const ages: readonly [name: string, instant: number, age: Age][] = [
    ['a future time', now + 2 * minute + 1, { kind: 'future' }],
    ['a future time within clock skew', now + 2 * minute, { kind: 'now' }],
    ['less than a minute', now - minute + 1, { kind: 'now' }],
    ['a minute', now - minute, { kind: 'minutes', count: 1 }],
    ['almost an hour', now - hour + 1, { kind: 'minutes', count: 59 }],
    ['an hour', now - hour, { kind: 'hours', count: 1 }],
    ['almost a day', now - 24 * hour + 1, { kind: 'hours', count: 23 }],
    ['a day', now - 24 * hour, { kind: 'days', count: 1 }],
    ['almost two days', now - 48 * hour + 1, { kind: 'days', count: 1 }],
    ['almost seven days', now - 7 * 24 * hour + 1, { kind: 'days', count: 6 }],
    ['seven days', now - 7 * 24 * hour, { kind: 'date', instant: now - 7 * 24 * hour, withYear: false }],
    [
      'a day of last year',
      at('2025-12-31T23:59:59Z'),
      { kind: 'date', instant: at('2025-12-31T23:59:59Z'), withYear: true },
    ],
  ];
  for (const [name, instant, age] of ages) {
    it(`returns the age of ${name}`, () => inZone('UTC', () => assert.deepEqual(toAge(instant, now), age)));
  }

  it('is the same in every time zone', () => {
    const instant = at('2026-11-22T19:00:00Z');
    for (const zone of ['Asia/Kolkata', 'Europe/Berlin'])
      inZone(zone, () => assert.deepEqual(toAge(instant, now), { kind: 'hours', count: 15 }));
  });

  it('counts minutes and hours across midnight, and handles a 23-hour day', () => {
    inZone('UTC', () =>
      assert.deepEqual(toAge(at('2026-11-22T23:50:00Z'), at('2026-11-23T00:10:00Z')), { kind: 'minutes', count: 20 }),
    );
    inZone('Europe/Berlin', () =>
      assert.deepEqual(toAge(at('2026-03-28T23:30:00Z'), at('2026-03-29T23:15:00Z')), { kind: 'hours', count: 23 }),
    );
  });
});
