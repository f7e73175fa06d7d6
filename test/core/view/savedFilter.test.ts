import assert from 'node:assert/strict';
import { checkFilter, maxFilterNameChars, parseFilterName } from '../../../src/core/view/filterParse';

describe('A saved filter', () => {
  const fullFilter = {
    type: 'test',
    assistant: { uuid: 'u', name: 'Clinic Desk', serverId: 318 },
    dates: { kind: 'lastDays', days: 7 },
    aiEnabled: false,
    minMessages: 3,
    minCost: 0.5,
    label: 'bad',
    text: 'refund',
  };
  for (const filter of [
    fullFilter,
    { dates: { kind: 'today' } },
    { dates: { kind: 'between', from: '2026-11-01' } },
    { assistant: { uuid: 'u' } },
  ]) {
    it(`is accepted: ${JSON.stringify(filter)}`, () => {
      const checked = checkFilter(JSON.parse(JSON.stringify(filter)));
      assert.equal(checked.kind, 'filter');
      assert.deepEqual(checked.kind === 'filter' && JSON.parse(JSON.stringify(checked.filter)), filter);
    });
  }

  const broken: readonly (readonly [unknown, unknown])[] = [
    [undefined, { kind: 'notAFilter' }],
    [null, { kind: 'notAFilter' }],
    ['test', { kind: 'notAFilter' }],
    [['test'], { kind: 'notAFilter' }],
    [{}, { kind: 'empty' }],
    [
      { type: 'test', minMesages: 3 },
      { kind: 'badPart', part: 'minMesages' },
    ],
    [{ dates: null }, { kind: 'badPart', part: 'dates' }],
    [{ type: 7 }, { kind: 'badPart', part: 'type' }],
    [{ minMessages: '3' }, { kind: 'badPart', part: 'minMessages' }],
    [{ text: '  ' }, { kind: 'badPart', part: 'text' }],
    [{ label: 'great' }, { kind: 'badPart', part: 'label' }],
    [{ dates: { kind: 'lastDays', days: -1 } }, { kind: 'badPart', part: 'dates' }],
    [{ dates: { kind: 'lastDays', days: 36_501 } }, { kind: 'badPart', part: 'dates' }],
    [{ dates: { kind: 'lastDays', days: Number.MAX_SAFE_INTEGER } }, { kind: 'badPart', part: 'dates' }],
    [{ dates: { kind: 'between', from: '2026-02-30', to: '2026-03-01' } }, { kind: 'badPart', part: 'dates.from' }],
    [{ assistant: { uuid: 'u', url: 'https://evil.example' } }, { kind: 'badPart', part: 'assistant.url' }],
    [JSON.parse('{"type":"test","__proto__":{"text":"x"}}'), { kind: 'badPart', part: '__proto__' }],
    [
      { type: 'test', constructor: 1 },
      { kind: 'badPart', part: 'constructor' },
    ],
  ];
  for (const [value, problem] of broken) {
    it(`is rejected: ${JSON.stringify(value)}`, () => assert.deepEqual(checkFilter(value), problem));
  }

  it('has a name of bounded length', () => {
    assert.equal(parseFilterName('  Failures this week '), 'Failures this week');
    assert.equal(parseFilterName('x'.repeat(maxFilterNameChars))?.length, maxFilterNameChars);
    for (const typed of ['', '  ', '__proto__', 'x'.repeat(maxFilterNameChars + 1)])
      assert.equal(parseFilterName(typed), undefined);
  });
});
