import assert from 'node:assert/strict';
import { daysOf, instantsOf, isDay, serverDates } from '../../../src/core/view/dateRange';
import type { DateRange } from '../../../src/core/model/query';
import { instantOf } from '../../../src/core/text/time';
import { inZone, zones } from '../text/inZone';

const hour = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

describe('days of a range', () => {
  it('begin with the day that it is for the reader, not for the server', () => {
    const now = at('2026-11-20T23:30:00Z');
    inZone('Asia/Kolkata', () => assert.deepEqual(daysOf({ kind: 'today' }, now), { from: '2026-11-21' }));
    inZone('America/New_York', () => assert.deepEqual(daysOf({ kind: 'today' }, now), { from: '2026-11-20' }));
  });

  it('count today as one of the last days', () => {
    const now = at('2026-03-03T12:00:00Z');
    inZone('UTC', () => {
      assert.deepEqual(daysOf({ kind: 'lastDays', days: 1 }, now), { from: '2026-03-03' });
      assert.deepEqual(daysOf({ kind: 'lastDays', days: 7 }, now), { from: '2026-02-25' });
      assert.deepEqual(daysOf({ kind: 'lastDays', days: 30 }, now), { from: '2026-02-02' });
    });
  });

  it('go back a hundred years at most, however many are asked for', () => {
    const now = at('2026-03-03T12:00:00Z');
    inZone('UTC', () => {
      assert.deepEqual(daysOf({ kind: 'lastDays', days: 36_500 }, now), { from: '1926-03-29' });
      assert.deepEqual(daysOf({ kind: 'lastDays', days: Number.MAX_SAFE_INTEGER }, now), { from: '1926-03-29' });
    });
  });

  it('are as given, with either end open', () => {
    assert.deepEqual(daysOf({ kind: 'between', from: '2026-01-01', to: '2026-01-31' }, 0), {
      from: '2026-01-01',
      to: '2026-01-31',
    });
    assert.deepEqual(daysOf({ kind: 'between', to: '2026-01-31' }, 0), { to: '2026-01-31' });
    assert.deepEqual(daysOf({ kind: 'between', from: '2026-01-01' }, 0), { from: '2026-01-01' });
  });
});

describe('instants of a range', () => {
  const only = (day: string): DateRange => ({ kind: 'between', from: day, to: day });

  const days: readonly [name: string, zone: string, day: string, from: string, hours: number][] = [
    ['a plain day', 'Europe/Berlin', '2026-01-15', '2026-01-14T23:00:00Z', 24],
    ['a day that loses an hour', 'Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 23],
    ['a day that gains one', 'Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', 25],
    ['a day without a midnight', 'America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 23],
    ['a day whose last hour comes twice', 'America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00Z', 25],
    ['a day with two midnights', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', 25],
    ['a day that changes by half an hour', 'Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z', 23.5],
    ['a day that the calendar left out', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 0],
    ['the end of a leap February', 'UTC', '2028-02-29', '2028-02-29T00:00:00Z', 24],
    ['the end of a year', 'Asia/Kolkata', '2026-12-31', '2026-12-30T18:30:00Z', 24],
  ];
  for (const [name, zone, day, from, hours] of days) {
    it(`hold ${name}`, () =>
      inZone(zone, () => {
        const instants = instantsOf(only(day), 0);
        assert.equal(new Date(instants.from ?? NaN).toISOString(), new Date(from).toISOString());
        assert.equal(((instants.before ?? NaN) - (instants.from ?? NaN)) / hour, hours);
      }));
  }

  it('leave open what is open', () => {
    assert.deepEqual(Object.keys(instantsOf({ kind: 'today' }, 0)), ['from']);
    assert.deepEqual(Object.keys(instantsOf({ kind: 'between', to: '2026-01-31' }, 0)), ['before']);
  });

  for (const zone of zones) {
    it(`of neighbouring days meet without a gap in ${zone}`, () =>
      inZone(zone, () => {
        for (let day = at('2026-01-01T00:00:00Z'); day < at('2027-01-02T00:00:00Z'); day += 24 * hour) {
          const today = new Date(day).toISOString().slice(0, 10);
          const next = new Date(day + 24 * hour).toISOString().slice(0, 10);
          assert.equal(instantsOf(only(today), 0).before, instantsOf(only(next), 0).from, today);
        }
      }));
  }
});

describe('days to ask the server for', () => {
  it('are those that the reader’s days touch on the server’s calendar, one before and two after', () => {
    const range: DateRange = { kind: 'between', from: '2026-11-10', to: '2026-11-12' };
    inZone('Asia/Kolkata', () => {
      assert.deepEqual(serverDates(range, 0, 'UTC'), { dateFrom: '2026-11-08', dateTo: '2026-11-14' });
      assert.deepEqual(serverDates(range, 0, 'Asia/Kolkata'), { dateFrom: '2026-11-09', dateTo: '2026-11-14' });
      assert.deepEqual(serverDates(range, 0, 'local'), { dateFrom: '2026-11-09', dateTo: '2026-11-14' });
      assert.deepEqual(serverDates(range, 0, 'Pacific/Kiritimati'), { dateFrom: '2026-11-09', dateTo: '2026-11-15' });
    });
    inZone('America/New_York', () =>
      assert.deepEqual(serverDates(range, 0, 'UTC'), { dateFrom: '2026-11-09', dateTo: '2026-11-15' }),
    );
  });

  it('are not asked for where the range is open', () => {
    inZone('UTC', () => {
      assert.deepEqual(serverDates({ kind: 'today' }, at('2026-11-20T12:00:00Z'), 'UTC'), { dateFrom: '2026-11-19' });
      assert.deepEqual(serverDates({ kind: 'between', to: '2026-11-12' }, 0, 'UTC'), { dateTo: '2026-11-14' });
    });
  });

  it('stay days of the calendar at its ends', () => {
    inZone('UTC', () => {
      assert.deepEqual(serverDates({ kind: 'between', from: '1000-01-01', to: '9999-12-31' }, 0, 'UTC'), {
        dateFrom: '1000-01-01',
        dateTo: '9999-12-31',
      });
    });
  });

  // Rows with an offset: the server's zone is not what the settings say of zoneless times. And it compares with a day's first moment.
  for (const reader of zones) {
    it(`leave out no row of a reader in ${reader} where the server's days are another zone's, and end at their midnight`, () =>
      inZone(reader, () => {
        for (const server of zones) {
          for (const day of ['2026-03-29', '2026-11-01']) {
            const range: DateRange = { kind: 'between', from: day, to: day };
            const { from = NaN, before = NaN } = instantsOf(range, 0);
            const { dateFrom = '', dateTo = '' } = serverDates(range, 0, 'UTC');
            const wall = new Intl.DateTimeFormat('sv-SE', {
              timeZone: server,
              dateStyle: 'short',
              timeStyle: 'medium',
            });
            for (let instant = from; instant < before; instant += hour / 2) {
              const kept = wall.format(instant);
              assert.ok(
                kept >= dateFrom && kept <= `${dateTo} 00:00:00`,
                `${kept} in ${server} is outside ${dateFrom} to ${dateTo}`,
              );
            }
          }
        }
      }));
  }

  // The server keeps rows whose zoneless time falls on the days asked for. None in the reader's range may be missing.
  for (const reader of zones) {
    it(`leave out no row of a reader in ${reader}`, () =>
      inZone(reader, () => {
        for (const server of zones) {
          for (const day of ['2026-03-08', '2026-03-29', '2026-10-04', '2026-10-25', '2026-11-01']) {
            const range: DateRange = { kind: 'between', from: day, to: day };
            const { from = NaN, before = NaN } = instantsOf(range, 0);
            const { dateFrom = '', dateTo = '' } = serverDates(range, 0, server);
            const wall = new Intl.DateTimeFormat('sv-SE', {
              timeZone: server,
              dateStyle: 'short',
              timeStyle: 'medium',
            });
            for (let instant = from; instant < before; instant += hour / 4) {
              const sent = wall.format(instant);
              assert.ok(
                sent.slice(0, 10) >= dateFrom && sent.slice(0, 10) <= dateTo,
                `${sent} in ${server} is outside ${dateFrom} to ${dateTo}`,
              );
            }
          }
        }
      }));
  }

  it('agree with how a row’s time is read', () =>
    inZone('Europe/Berlin', () => {
      const { from = NaN, before = NaN } = instantsOf({ kind: 'between', from: '2026-11-20', to: '2026-11-20' }, 0);
      const inside = (sent: string): boolean => {
        const instant = instantOf(sent, 'UTC') ?? NaN;
        return instant >= from && instant < before;
      };
      assert.deepEqual(
        ['2026-11-19 22:59:59', '2026-11-19 23:00:00', '2026-11-20 22:59:59', '2026-11-20 23:00:00'].map(inside),
        [false, true, true, false],
      );
    }));
});

describe('a day', () => {
  const texts: readonly [text: string, isOne: boolean][] = [
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
  for (const [text, isOne] of texts) it(`${isOne ? 'is' : 'is not'} “${text}”`, () => assert.equal(isDay(text), isOne));
});
