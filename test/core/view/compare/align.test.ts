import assert from 'node:assert/strict';
import { align } from '../../../../src/core/view/compare/align';

/** Formats aligned items side by side, with a dash for a missing one. */
function formatAligned(left: string, right: string, pairs?: number): string {
  const weigh = (l: number, r: number): number =>
    left[l] === right[r] ? 2 : isVowel(left[l]) === isVowel(right[r]) ? 0.5 : 0;
  return align(left.length, right.length, weigh, pairs)
    .map(
      (place) =>
        `${place.left === undefined ? '-' : left[place.left]}${place.right === undefined ? '-' : right[place.right]}`,
    )
    .join(' ');
}

const isVowel = (letter = ''): boolean => 'aeiou'.includes(letter);

describe('align', () => {
  const cases: readonly (readonly [name: string, left: string, right: string, expected: string])[] = [
    ['empty sequences', '', '', ''],
    ['an empty left side', '', 'ab', '-a -b'],
    ['an empty right side', 'ab', '', 'a- b-'],
    ['equal sequences', 'abc', 'abc', 'aa bb cc'],
    ['a missing item', 'abcd', 'abd', 'aa bb c- dd'],
    ['an item added at the front', 'bcd', 'xbcd', '-x bb cc dd'],
    ['a changed item in its place', 'abc', 'axc', 'aa bx cc'],
    ['items that never match', 'a', 'b', 'a- -b'],
    ['the earliest of equally good matches', 'b', 'bb', 'bb -b'],
  ];
  for (const [name, left, right, expected] of cases) {
    it(`aligns ${name}`, () => assert.equal(formatAligned(left, right), expected));
  }

  it('keeps every item in order, however few pairs may be weighed', () => {
    for (const [left, right] of [
      ['abcabcabc', 'bcabca'],
      ['ab', 'abcdefghijklmnopqrstuvwxyz'],
      ['abcdefghijklmnopqrstuvwxyz', 'z'],
    ] as const) {
      for (const pairs of [1, 10, 30]) {
        const letters = formatAligned(left, right, pairs).split(' ');
        assert.equal(
          letters
            .map(([one]) => one)
            .join('')
            .replaceAll('-', ''),
          left,
        );
        assert.equal(
          letters
            .map(([, other]) => other)
            .join('')
            .replaceAll('-', ''),
          right,
        );
      }
    }
  });

  it('weighs only pairs that exist', () => {
    align(2, 3, (left, right) => {
      assert.ok(left < 2 && right < 3, `${left}, ${right}`);
      return 1;
    });
  });

  it('finds items moved any distance in short sequences and a limited distance in long ones', () => {
    assert.equal(formatAligned('aaaab', 'bzzz', 30), 'a- a- a- a- bb -z -z -z');
    const countPairs = (by: number): number =>
      align(200, 200, (left, right) => (left + by === right ? 1 : 0), 10_000).filter(
        ({ left, right }) => left !== undefined && right !== undefined,
      ).length;
    assert.equal(countPairs(20), 180);
    assert.ok(countPairs(150) < 50);
  });

  it('limits the number of weighed pairs for long sequences', () => {
    let weighed = 0;
    const aligned = align(20_000, 20_000, (left, right) => ((weighed += 1), left === right ? 1 : 0), 400_000);
    assert.equal(aligned.length, 20_000);
    assert.ok(weighed < 500_000, String(weighed));
  });
});
