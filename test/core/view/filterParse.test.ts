import assert from 'node:assert/strict';
import type { Filter } from '../../../src/core/model/query';
import { parseFilter, parseGrouping } from '../../../src/core/view/filterParse';

describe('parseFilter', () => {
  const fullFilter: Filter = {
    type: 'test',
    assistant: { uuid: 'c4a1b7d0', name: 'Clinic Desk', serverId: 318 },
    dates: { kind: 'between', from: '2026-01-01', to: '2026-01-31' },
    aiEnabled: false,
    minMessages: 3,
    minCost: 0.01,
    text: 'ines',
  };

  it('restores a saved filter', () => {
    assert.deepEqual(parseFilter(JSON.parse(JSON.stringify(fullFilter))), fullFilter);
    assert.deepEqual(parseFilter({ dates: { kind: 'today' } }), { dates: { kind: 'today' } });
    assert.deepEqual(parseFilter({ dates: { kind: 'lastDays', days: 7 } }), { dates: { kind: 'lastDays', days: 7 } });
    assert.deepEqual(parseFilter({ dates: { kind: 'lastDays', days: 36_500 } }), {
      dates: { kind: 'lastDays', days: 36_500 },
    });
    assert.deepEqual(parseFilter({ assistant: { uuid: 'x' } }), { assistant: { uuid: 'x', name: undefined } });
  });

  for (const value of [undefined, null, 'test', 7, [], {}, { other: 1 }]) {
    it(`returns an empty filter for ${JSON.stringify(value)}`, () => assert.deepEqual(parseFilter(value), {}));
  }

  const broken: readonly Readonly<Record<string, unknown>>[] = [
    { type: 7 },
    { type: ' ' },
    { assistant: 'c4a1b7d0' },
    { assistant: { name: 'Clinic Desk' } },
    { dates: { kind: 'lastDays', days: -1 } },
    { dates: { kind: 'lastDays', days: '7' } },
    { dates: { kind: 'lastDays', days: 36_501 } },
    { dates: { kind: 'between', from: '2026-02-31' } },
    { dates: { kind: 'forever' } },
    { aiEnabled: 'yes' },
    { minMessages: 2.5 },
    { minMessages: 0 },
    { minCost: Number.NaN },
    { minCost: -1 },
    { text: ['ines'] },
  ];
  for (const part of broken) {
    it(`drops only the invalid part ${JSON.stringify(part)}`, () => {
      const [name = ''] = Object.keys(part);
      const { [name as keyof Filter]: _dropped, ...others } = fullFilter;
      assert.deepEqual(parseFilter({ ...fullFilter, ...part }), others);
    });
  }

  it('keeps the valid end of a range, and an assistant without its invalid ID', () => {
    assert.deepEqual(parseFilter({ dates: { kind: 'between', from: 'soon', to: '2026-01-31' } }), {
      dates: { kind: 'between', to: '2026-01-31' },
    });
    assert.deepEqual(parseFilter({ assistant: { uuid: 'x', name: 'A', serverId: '318' } }), {
      assistant: { uuid: 'x', name: 'A' },
    });
  });
});

describe('parseGrouping', () => {
  it('accepts only known groupings', () => {
    assert.deepEqual(['type', 'assistant', 'day', 'colour', 7, undefined].map(parseGrouping), [
      'type',
      'assistant',
      'day',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
