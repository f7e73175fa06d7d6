import assert from 'node:assert/strict';
import { align } from '../../../../src/core/view/compare/align';

/** What stands beside what, with a dash where one is missing. */
function beside(left: string, right: string, pairs?: number): string {
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

describe('two sequences beside each other', () => {
  const cases: readonly (readonly [name: string, left: string, right: string, expected: string])[] = [
    ['nothing', '', '', ''],
    ['nothing on the left', '', 'ab', '-a -b'],
    ['nothing on the right', 'ab', '', 'a- b-'],
    ['equal ones', 'abc', 'abc', 'aa bb cc'],
    ['one that is missing', 'abcd', 'abd', 'aa bb c- dd'],
    ['one that is added at the front', 'bcd', 'xbcd', '-x bb cc dd'],
    ['one that changed, where it was', 'abc', 'axc', 'aa bx cc'],
    ['what never goes together', 'a', 'b', 'a- -b'],
    ['of equally good ways the soonest', 'b', 'bb', 'bb -b'],
  ];
  for (const [name, left, right, expected] of cases) {
    it(name, () => assert.equal(beside(left, right), expected));
  }

  it('keeps every item, in its order, however few pairs may be weighed', () => {
    for (const [left, right] of [
      ['abcabcabc', 'bcabca'],
      ['ab', 'abcdefghijklmnopqrstuvwxyz'],
      ['abcdefghijklmnopqrstuvwxyz', 'z'],
    ] as const) {
      for (const pairs of [1, 10, 30]) {
        const letters = beside(left, right, pairs).split(' ');
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

  it('asks how well items go together only of those that there are', () => {
    align(2, 3, (left, right) => {
      assert.ok(left < 2 && right < 3, `${left}, ${right}`);
      return 1;
    });
  });

  it('finds what moved as far as it can where every pair may be weighed, and not so far where the sequences are long', () => {
    assert.equal(beside('aaaab', 'bzzz', 30), 'a- a- a- a- bb -z -z -z');
    const paired = (by: number): number =>
      align(200, 200, (left, right) => (left + by === right ? 1 : 0), 10_000).filter(
        ({ left, right }) => left !== undefined && right !== undefined,
      ).length;
    assert.equal(paired(20), 180);
    assert.ok(paired(150) < 50);
  });

  it('weighs no more pairs than allowed of what is long', () => {
    let weighed = 0;
    const aligned = align(20_000, 20_000, (left, right) => ((weighed += 1), left === right ? 1 : 0), 400_000);
    assert.equal(aligned.length, 20_000);
    assert.ok(weighed < 500_000, String(weighed));
  });
});
