import assert from 'node:assert/strict';
import { fold, wordsOf } from '../../../src/core/text/fold';

describe('folded text', () => {
  const same: readonly [one: string, other: string][] = [
    ['Crème brûlée', 'creme brulee'],
    ['İstanbul', 'istanbul'],
    ['Straße', 'STRASSE'],
    ['ﬁn', 'fin'],
    ['Ёлка', 'елка'],
    ['ὈΔΥΣΣΕΎΣ', 'οδυσσευς'],
    ['كـــتاب', 'كتاب'],
    ['می\u200cخواهم', 'میخواهم'],
    ['co\u00adoperate', 'cooperate'],
    ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
    ['a\u00a0b', 'a b'],
  ];
  for (const [one, other] of same) it(`is the same for ${one} and ${other}`, () => assert.equal(fold(one), fold(other)));

  const different: readonly [one: string, other: string][] = [
    ['が', 'か'],
    ['कि', 'कु'],
    ['👩', '👨'],
    ['a', 'b'],
  ];
  for (const [one, other] of different) {
    it(`is not the same for ${one} and ${other}`, () => assert.notEqual(fold(one), fold(other)));
  }

  it('has the start of a Korean syllable in the syllable', () => assert.ok(fold('한글').includes(fold('하'))));

  it('comes apart into words', () => {
    assert.deepEqual(wordsOf('  Inès\u00a0of\tRome\u3000'), ['INES', 'OF', 'ROME']);
    assert.deepEqual(wordsOf(' \n'), []);
    assert.deepEqual(wordsOf('\u200b'), []);
  });
});
