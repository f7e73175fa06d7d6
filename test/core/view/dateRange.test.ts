import assert from 'node:assert/strict';
import { toDays, toInstants, isDay, toServerDates } from '../../../src/core/view/dateRange';
import type { DateRange } from '../../../src/core/model/query';
import { parseInstant } from '../../../src/core/text/time';
import { inZone, zones } from '../text/inZone';

const hour = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

describe('toDays', () => {
  it("uses the local day, not the server's", () => {
    const now = at('2026-11-20T23:30:00Z');
    inZone('Asia/Kolkata', () => assert.deepEqual(toDays({ kind: 'today' }, now), { from: '2026-11-21' }));
    inZone('America/New_York', () => assert.deepEqual(toDays({ kind: 'today' }, now), { from: '2026-11-20' }));
  });

  it('counts today as one of the last days', () => {
    const now = at('2026-03-03T12:00:00Z');
    inZone('UTC', () => {
      assert.deepEqual(toDays({ kind: 'lastDays', days: 1 }, now), { from: '2026-03-03' });
      assert.deepEqual(toDays({ kind: 'lastDays', days: 7 }, now), { from: '2026-02-25' });
      assert.deepEqual(toDays({ kind: 'lastDays', days: 30 }, now), { from: '2026-02-02' });
    });
  });

  it('goes back at most a hundred years', () => {
    const now = at('2026-03-03T12:00:00Z');
    inZone('UTC', () => {
      assert.deepEqual(toDays({ kind: 'lastDays', days: 36_500 }, now), { from: '1926-03-29' });
      assert.deepEqual(toDays({ kind: 'lastDays', days: Number.MAX_SAFE_INTEGER }, now), { from: '1926-03-29' });
    });
  });

  it('returns given days, with either end open', () => {
    assert.deepEqual(toDays({ kind: 'between', from: '2026-01-01', to: '2026-01-31' }, 0), {
      from: '2026-01-01',
      to: '2026-01-31',
    });
    assert.deepEqual(toDays({ kind: 'between', to: '2026-01-31' }, 0), { to: '2026-01-31' });
    assert.deepEqual(toDays({ kind: 'between', from: '2026-01-01' }, 0), { from: '2026-01-01' });
  });
});

describe('toInstants', () => {
  const onlyDay = (day: string): DateRange => ({ kind: 'between', from: day, to: day });

  const days: readonly [name: string, zone: string, day: string, from: string, hours: number][] = [
    ['a plain day', 'Europe/Berlin', '2026-01-15', '2026-01-14T23:00:00Z', 24],
    ['a day that loses an hour', 'Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 23],
    ['a day that gains an hour', 'Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', 25],
    ['a day without a midnight', 'America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 23],
    ['a day whose last hour is repeated', 'America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00Z', 25],
    ['a day with two midnights', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', 25],
    ['a day that gains half an hour', 'Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z', 23.5],
    ['a day that the calendar skipped', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 0],
    ['the end of a leap February', 'UTC', '2028-02-29', '2028-02-29T00:00:00Z', 24],
    ['the end of a year', 'Asia/Kolkata', '2026-12-31', '2026-12-30T18:30:00Z', 24],
  ];
  for (const [name, zone, day, from, hours] of days) {
    it(`covers ${name}`, () =>
      inZone(zone, () => {
        const instants = toInstants(onlyDay(day), 0);
        assert.equal(new Date(instants.from ?? NaN).toISOString(), new Date(from).toISOString());
        assert.equal(((instants.before ?? NaN) - (instants.from ?? NaN)) / hour, hours);
      }));
  }

  it('leaves open ends open', () => {
    assert.deepEqual(Object.keys(toInstants({ kind: 'today' }, 0)), ['from']);
    assert.deepEqual(Object.keys(toInstants({ kind: 'between', to: '2026-01-31' }, 0)), ['before']);
  });

  for (const zone of zones) {
    it(`has no gap between consecutive days in ${zone}`, () =>
      inZone(zone, () => {
        for (let day = at('2026-01-01T00:00:00Z'); day < at('2027-01-02T00:00:00Z'); day += 24 * hour) {
          const today = new Date(day).toISOString().slice(0, 10);
          const next = new Date(day + 24 * hour).toISOString().slice(0, 10);
          assert.equal(toInstants(onlyDay(today), 0).before, toInstants(onlyDay(next), 0).from, today);
        }
      }));
  }
});

describe('toServerDates', () => {
  it("covers the user's days on the server's calendar, one before and two after", () => {
    const range: DateRange = { kind: 'between', from: '2026-11-10', to: '2026-11-12' };
    inZone('Asia/Kolkata', () => {
      assert.deepEqual(toServerDates(range, 0, 'UTC'), { dateFrom: '2026-11-08', dateTo: '2026-11-14' });
      assert.deepEqual(toServerDates(range, 0, 'Asia/Kolkata'), { dateFrom: '2026-11-09', dateTo: '2026-11-14' });
      assert.deepEqual(toServerDates(range, 0, 'local'), { dateFrom: '2026-11-09', dateTo: '2026-11-14' });
      assert.deepEqual(toServerDates(range, 0, 'Pacific/Kiritimati'), { dateFrom: '2026-11-09', dateTo: '2026-11-15' });
    });
    inZone('America/New_York', () =>
      assert.deepEqual(toServerDates(range, 0, 'UTC'), { dateFrom: '2026-11-09', dateTo: '2026-11-15' }),
    );
  });

  it('leaves out the date of an open end', () => {
    inZone('UTC', () => {
      assert.deepEqual(toServerDates({ kind: 'today' }, at('2026-11-20T12:00:00Z'), 'UTC'), { dateFrom: '2026-11-19' });
      assert.deepEqual(toServerDates({ kind: 'between', to: '2026-11-12' }, 0, 'UTC'), { dateTo: '2026-11-14' });
    });
  });

  it("stays within the calendar's first and last day", () => {
    inZone('UTC', () => {
      assert.deepEqual(toServerDates({ kind: 'between', from: '1000-01-01', to: '9999-12-31' }, 0, 'UTC'), {
        dateFrom: '1000-01-01',
        dateTo: '9999-12-31',
      });
    });
  });

  // Rows may have offsets of a zone that the settings don't name, and servers compare with a day's first moment.
  for (const userZone of zones) {
    it(`misses no row of a user in ${userZone} if server days belong to another zone and end at its midnight`, () =>
      inZone(userZone, () => {
        for (const serverZone of zones) {
          for (const day of ['2026-03-29', '2026-11-01']) {
            const range: DateRange = { kind: 'between', from: day, to: day };
            const { from = NaN, before = NaN } = toInstants(range, 0);
            const { dateFrom = '', dateTo = '' } = toServerDates(range, 0, 'UTC');
            const wall = new Intl.DateTimeFormat('sv-SE', {
              timeZone: serverZone,
              dateStyle: 'short',
              timeStyle: 'medium',
            });
            for (let instant = from; instant < before; instant += hour / 2) {
              const wallTime = wall.format(instant);
              assert.ok(
                wallTime >= dateFrom && wallTime <= `${dateTo} 00:00:00`,
                `${wallTime} in ${serverZone} is outside ${dateFrom} to ${dateTo}`,
              );
            }
          }
        }
      }));
  }

  // The server returns rows whose zoneless time is on the requested days. No row in the user's range may be missing.
  for (const userZone of zones) {
    it(`misses no row of a user in ${userZone}`, () =>
      inZone(userZone, () => {
        for (const serverZone of zones) {
          for (const day of ['2026-03-08', '2026-03-29', '2026-10-04', '2026-10-25', '2026-11-01']) {
            const range: DateRange = { kind: 'between', from: day, to: day };
            const { from = NaN, before = NaN } = toInstants(range, 0);
            const { dateFrom = '', dateTo = '' } = toServerDates(range, 0, serverZone);
            const wall = new Intl.DateTimeFormat('sv-SE', {
              timeZone: serverZone,
              dateStyle: 'short',
              timeStyle: 'medium',
            });
            for (let instant = from; instant < before; instant += hour / 4) {
              const sent = wall.format(instant);
              assert.ok(
                sent.slice(0, 10) >= dateFrom && sent.slice(0, 10) <= dateTo,
                `${sent} in ${serverZone} is outside ${dateFrom} to ${dateTo}`,
              );
            }
          }
        }
      }));
  }

  it("agrees with how a row's time is parsed", () =>
    inZone('Europe/Berlin', () => {
      const { from = NaN, before = NaN } = toInstants({ kind: 'between', from: '2026-11-20', to: '2026-11-20' }, 0);
      const inside = (sent: string): boolean => {
        const instant = parseInstant(sent, 'UTC') ?? NaN;
        return instant >= from && instant < before;
      };
      assert.deepEqual(
        ['2026-11-19 22:59:59', '2026-11-19 23:00:00', '2026-11-20 22:59:59', '2026-11-20 23:00:00'].map(inside),
        [false, true, true, false],
      );
    }));
});

describe('isDay', () => {
  const texts: readonly [text: string, isValid: boolean][] = [
    ['2026-11-20', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-04-31', false],
    ['2026-4-3', false],
    ['0026-04-03', false],
    ['1000-01-01', true],
    ['2026-04-99', false],
    ['2026-04-00', false],
    ['on 2026-04-03', false],
    ['20.11.2026', false],
    ['2026-11-20 ', false],
    ['', false],
  ];
  for (const [text, isValid] of texts)
    it(`${isValid ? 'accepts' : 'rejects'} ${JSON.stringify(text)}`, () => assert.equal(isDay(text), isValid));
});
