import assert from 'node:assert/strict';
import type { JsonValue } from '../../../src/core/model/json';
import { summarizeJson } from '../../../src/core/text/summary';

/** Formats a value for a title, with long runs of a character as "x×120". */
const withoutRepeats = (value: JsonValue | undefined): string =>
  String(JSON.stringify(value)).replaceAll(/(.)\1{9,}/g, (run) => `${run.charAt(0)}×${run.length}`);

describe('summarizeJson', () => {
  const lines: readonly [value: JsonValue | undefined, line: string | undefined][] = [
    [undefined, undefined],
    [null, undefined],
    [{}, undefined],
    [[], undefined],
    ['  ', undefined],
    ['monday', 'monday'],
    ['one\n  two', 'one two'],
    [12.5, '12.5'],
    [false, 'false'],
    [['09:00', '10:30'], '09:00, 10:30'],
    [{ doctor: 'okoro', day: null }, 'doctor: okoro, day: null'],
    [{ slots: ['a', 'b'], who: { name: 'x' }, none: {} }, 'slots: [a, b], who: {name: x}, none: {}'],
    ['{"ok":true,"list":[1]}', 'ok: true, list: [1]'],
    [{ inner: '{"ok":true}' }, 'inner: {ok: true}'],
    ['x'.repeat(120), 'x'.repeat(120)],
    ['x'.repeat(121), `${'x'.repeat(119)}…`],
    [`${'x'.repeat(118)}   ${'y'.repeat(9)}`, `${'x'.repeat(118)}…`],
    [`${'x'.repeat(118)}🎉${'y'.repeat(9)}`, `${'x'.repeat(118)}…`],
    [`🎉${'y'.repeat(200)}`, `🎉${'y'.repeat(117)}…`],
    [['x'.repeat(119), 'yy'], `${'x'.repeat(119)}…`],
    [`${'x'.repeat(120)} y`, `${'x'.repeat(119)}…`],
    [` ${'x'.repeat(120)}\n`, 'x'.repeat(120)],
    [{ a: ' b ', c: '' }, 'a: b, c:'],
  ];
  for (const [value, line] of lines) {
    it(`returns ${withoutRepeats(line)} for ${withoutRepeats(value)}`, () => assert.equal(summarizeJson(value), line));
  }

  it('reads only the list elements that fit', () => {
    let readCount = 0;
    const list = new Proxy(
      Array.from({ length: 10_000 }, () => 'word'),
      {
        get(target, key): unknown {
          if (typeof key === 'string' && /^\d+$/.test(key)) readCount += 1;
          return Reflect.get(target, key);
        },
      },
    );
    assert.equal(summarizeJson(list)?.length, 120);
    assert.ok(readCount < 60, `read ${readCount} elements`);
  });
});
