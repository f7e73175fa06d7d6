import assert from 'node:assert/strict';
import { parseSuite } from '../../../src/core/testing/parse';
import { fillTest } from '../../../src/core/testing/placeholders';

/** Fills a message of a test with some variables. */
function fillMessage(message: string, now: string, zone: string): string | undefined {
  const { suite } = parseSuite(
    JSON.stringify({
      assistant: 'Desk',
      variables: { name: 'Ines', count: 2, list: [1], none: null, 'with space': 'x', __proto: 1 },
      tests: [{ description: 'a', turns: [{ user: message }] }],
    }),
  );
  const [test] = suite?.tests ?? [];
  return test && fillTest(test, { now: Date.parse(now), zone }).turns[0]?.user;
}

describe('Placeholders', () => {
  const noon = '2026-12-01T12:00:00Z';
  for (const [message, filled] of [
    ['I am {{name}}.', 'I am Ines.'],
    ['{{ name }}{{count}}', 'Ines2'],
    ['{{list}} {{none}}|', '[1] |'],
    ['{{with space}}', 'x'],
    ['{{today}}', '2026-12-01'],
    ['{{today+1}} {{today-1}}', '2026-12-02 2026-11-30'],
    ['{{today + 31}}', '2027-01-01'],
    ['{{unknown}} {{toString}} {{constructor}}', '{{unknown}} {{toString}} {{constructor}}'],
    ['{name} {{{name}}}', '{name} {Ines}'],
    ['{{today+99999}}', '{{today+99999}}'],
  ] as const)
    it(`fill ${message}`, () => {
      assert.equal(fillMessage(message, noon, 'UTC'), filled);
    });

  it("use the day of the file's time zone", () => {
    const late = '2026-12-01T23:30:00Z';
    assert.equal(fillMessage('{{today}}', late, 'UTC'), '2026-12-01');
    assert.equal(fillMessage('{{today}}', late, 'Europe/Berlin'), '2026-12-02');
    assert.equal(fillMessage('{{today+1}}', late, 'America/New_York'), '2026-12-02');
  });

  it('count calendar days when clocks change', () => {
    assert.equal(fillMessage('{{today+1}}', '2026-03-28T23:30:00Z', 'Europe/Berlin'), '2026-03-30');
  });
});
