import assert from 'node:assert/strict';
import { ageOf, dayBefore, dayOf, instantOf, isTimeZone, type Age } from '../../../src/core/text/time';
import { inZone, zones } from './inZone';

const at = (iso: string): number => Date.parse(iso);
const minute = 60_000;
const hour = 60 * minute;

describe('the instant of a time as sent', () => {
  const read: readonly [sent: string, zone: string, instant: string][] = [
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
  for (const [sent, zone, instant] of read) {
    it(`of ${sent} in ${zone} is ${instant}`, () =>
      assert.equal(new Date(instantOf(sent, zone) ?? NaN).toISOString(), new Date(instant).toISOString()));
  }

  it('is on the reader’s own clock where the server’s zone is the reader’s', () =>
    inZone('Asia/Kolkata', () => assert.equal(instantOf('2025-01-25 14:30:00', 'local'), at('2025-01-25T09:00:00Z'))));

  const unread = [
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
  for (const sent of unread) {
    it(`is unknown for ${JSON.stringify(sent)}`, () => {
      for (const zone of ['UTC', 'local', 'Europe/Berlin']) assert.equal(instantOf(sent, zone), undefined);
    });
  }

  for (const zone of zones) {
    it(`comes back from the wall clock of ${zone} through a whole year`, () => {
      const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      for (let instant = at('2026-01-01T00:00:00Z'); instant < at('2027-01-01T00:00:00Z'); instant += 3.5 * hour) {
        const read = instantOf(wall.format(instant), zone) ?? NaN;
        // An hour that comes twice a year has one wall time for two instants.
        assert.equal(wall.format(read), wall.format(instant));
        assert.ok(Math.abs(read - instant) <= hour, wall.format(instant));
      }
    });
  }
});

describe('time zones', () => {
  it('are UTC, local, and the names that the platform knows', () =>
    assert.deepEqual(['UTC', 'local', 'Europe/Berlin', 'Mars/Olympus', '', 'Berlin'].map(isTimeZone), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]));
});

describe('the day of an instant', () => {
  it('is that of the zone', () => {
    const instant = at('2026-11-20T23:30:00Z');
    assert.equal(dayOf(instant, 'UTC'), '2026-11-20');
    assert.equal(dayOf(instant, 'Europe/Berlin'), '2026-11-21');
    assert.equal(dayOf(instant, 'America/New_York'), '2026-11-20');
    inZone('Asia/Kolkata', () => assert.equal(dayOf(instant, 'local'), '2026-11-21'));
    inZone('America/New_York', () => assert.equal(dayOf(instant, 'local'), '2026-11-20'));
  });

  for (const zone of zones) {
    it(`agrees with the platform’s own calendar in ${zone}`, () => {
      const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
      inZone(zone, () => {
        for (let instant = at('2026-01-01T00:00:00Z'); instant < at('2027-01-01T00:00:00Z'); instant += 2.5 * hour) {
          assert.equal(dayOf(instant, zone), calendar.format(instant));
          assert.equal(dayOf(instant, 'local'), calendar.format(instant));
        }
      });
    });
  }

  it('has days before it', () => {
    assert.equal(dayBefore('2026-03-01'), '2026-02-28');
    assert.equal(dayBefore('2028-03-01'), '2028-02-29');
    assert.equal(dayBefore('2026-01-01'), '2025-12-31');
    assert.equal(dayBefore('2026-11-23', 30), '2026-10-24');
    assert.equal(dayBefore('2026-11-23', 0), '2026-11-23');
  });
});

describe('an age', () => {
  const now = at('2026-11-23T10:00:00Z');
  const ages: readonly [name: string, instant: number, age: Age][] = [
    ['far ahead', now + 2 * minute + 1, { kind: 'future' }],
    ['ahead by what clocks differ', now + 2 * minute, { kind: 'now' }],
    ['just now', now - minute + 1, { kind: 'now' }],
    ['a minute', now - minute, { kind: 'minutes', count: 1 }],
    ['an hour but a moment', now - hour + 1, { kind: 'minutes', count: 59 }],
    ['an hour', now - hour, { kind: 'hours', count: 1 }],
    ['since midnight', now - 10 * hour, { kind: 'hours', count: 10 }],
    ['before midnight', now - 10 * hour - 1, { kind: 'yesterday' }],
    ['all of yesterday', now - 34 * hour, { kind: 'yesterday' }],
    ['the day before', now - 34 * hour - 1, { kind: 'date', instant: now - 34 * hour - 1, withYear: false }],
    ['last year', at('2025-12-31T23:59:59Z'), { kind: 'date', instant: at('2025-12-31T23:59:59Z'), withYear: true }],
  ];
  for (const [name, instant, age] of ages) {
    it(`is told for ${name}`, () => inZone('UTC', () => assert.deepEqual(ageOf(instant, now), age)));
  }

  it('counts the days of the reader', () => {
    const instant = at('2026-11-22T19:00:00Z');
    inZone('Asia/Kolkata', () => assert.deepEqual(ageOf(instant, now), { kind: 'hours', count: 15 }));
    inZone('Europe/Berlin', () => assert.deepEqual(ageOf(instant, now), { kind: 'yesterday' }));
  });

  it('is minutes also across midnight, and yesterday also after a day of 23 hours', () => {
    inZone('UTC', () =>
      assert.deepEqual(ageOf(at('2026-11-22T23:50:00Z'), at('2026-11-23T00:10:00Z')), { kind: 'minutes', count: 20 }),
    );
    inZone('Europe/Berlin', () =>
      assert.deepEqual(ageOf(at('2026-03-28T23:30:00Z'), at('2026-03-30T09:00:00Z')), { kind: 'yesterday' }),
    );
  });
});
