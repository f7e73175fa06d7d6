import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DatedRow, sortNewestFirst } from '../../../src/core/view/rowOrder';
import { formatTabSeparated, sumUsage, type UsageSum } from '../../../src/core/view/usage';
import { row } from './filterRows';

const sum = (fields: Partial<UsageSum>): UsageSum => ({
  conversations: 0,
  messages: 0,
  cost: 0,
  uncounted: 0,
  unpriced: 0,
  ...fields,
});

const noonOf = (day: number): number => Date.UTC(2026, 0, day, 12);

describe('sumUsage', () => {
  it('is empty without rows', () => {
    assert.deepEqual(sumUsage(sortNewestFirst([], 'UTC')), { total: sum({}), days: [], types: [], assistants: [] });
  });

  it('adds numeric and text costs without rounding errors and counts missing ones', () => {
    const rows = [0.1, '0.2', undefined, '', 'free', '-0.05'].map((totalCost, index) =>
      row({ totalCost, messageCount: index === 0 ? undefined : index }),
    );
    assert.deepEqual(
      sumUsage(sortNewestFirst(rows, 'UTC')).total,
      sum({ conversations: 6, messages: 15, cost: 0.25, uncounted: 1, unpriced: 3 }),
    );
  });

  it('has local days, oldest first, and rows without a day at the end', () => {
    const at = (createdAt: string) => row({ createdAt });
    const local = new Date(2026, 10, 3, 0, 30);
    const all = [at('invalid'), at(local.toISOString()), at('2026-01-15T12:00:00Z'), at(local.toISOString())];
    const { days } = sumUsage(sortNewestFirst(all, 'UTC'));
    assert.deepEqual(
      days.map(({ day, sum: { conversations } }) => [day, conversations]),
      [
        ['2026-01-15', 1],
        ['2026-11-03', 2],
        [undefined, 1],
      ],
    );
  });

  it('uses the given order without parsing times again', () => {
    let readCount = 0;
    const countingReads = {
      get createdAt(): string {
        readCount += 1;
        return '';
      },
    };
    const dated = [3, 2, 1].map(
      (day) =>
        new DatedRow(
          Object.create(countingReads, Object.getOwnPropertyDescriptors({ type: 'test' })) as never,
          noonOf(day),
        ),
    );
    assert.deepEqual(
      sumUsage(dated).days.map(({ day }) => day),
      ['2026-01-01', '2026-01-02', '2026-01-03'],
    );
    assert.equal(readCount, 0);
  });

  it('has types in the known order and assistants by number of conversations, with their newest name', () => {
    const rows = [
      row({ type: 'zebra', assistantId: 'a', assistantName: 'Old', createdAt: '2026-01-01 00:00:00' }),
      row({ type: 'api', assistantId: 'b', assistantName: undefined }),
      row({ type: 'test', assistantId: 'a', assistantName: 'New', createdAt: '2026-02-01 00:00:00' }),
      row({ type: 'test', assistantId: 'a', assistantName: undefined, createdAt: '2026-03-01 00:00:00' }),
    ];
    const { types, assistants } = sumUsage(sortNewestFirst(rows, 'UTC'));
    assert.deepEqual(
      types.map(({ type }) => type),
      ['test', 'api', 'zebra'],
    );
    assert.deepEqual(
      assistants.map(({ assistantId, name, sum: assistantSum }) => [assistantId, name, assistantSum.conversations]),
      [
        ['a', 'New', 3],
        ['b', undefined, 1],
      ],
    );
  });

  it('has equal sums by day, type, and assistant', () => {
    const fields = fc.record({
      type: fc.constantFrom('test', 'widget', 'other'),
      assistantId: fc.constantFrom('a', 'b', 'c'),
      createdAt: fc.constantFrom('2026-01-01 00:00:00', '2026-01-02 10:00:00', ''),
      messageCount: fc.option(fc.nat(1000), { nil: undefined }),
      totalCost: fc.option(
        fc.integer({ min: 0, max: 9999 }).map((cost) => cost / 10_000),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.array(fields), (all) => {
        const usage = sumUsage(sortNewestFirst(all.map(row), 'UTC'));
        for (const parts of [usage.days, usage.types, usage.assistants]) {
          for (const key of ['conversations', 'messages', 'uncounted', 'unpriced'] as const) {
            assert.equal(
              parts.reduce((before, part) => before + part.sum[key], 0),
              usage.total[key],
            );
          }
          assert.ok(Math.abs(parts.reduce((before, part) => before + part.sum.cost, 0) - usage.total.cost) < 1e-6);
        }
      }),
    );
  });
});

describe('formatTabSeparated', () => {
  it('separates single-line cells by tabs and starts no formula', () => {
    assert.equal(
      formatTabSeparated([
        ['a', 'b'],
        ['=1', '-2.5'],
        ['two\r\nlines', ' +x\ty '],
      ]),
      "a\tb\n'=1\t-2.5\ntwo lines\t'+x y",
    );
  });
});
