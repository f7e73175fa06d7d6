import assert from 'node:assert/strict';
import { foldPhrase, findRanges } from '../../../src/core/text/foldedRanges';

const findPhrase = (text: string, typed: string): string[] =>
  findRanges(text, foldPhrase(typed)).map(([start, end]) => text.slice(start, end));

describe('findRanges', () => {
  const cases: readonly (readonly [name: string, text: string, typed: string, expected: readonly string[]])[] = [
    ['any case', 'Refund, REFUND', 'refund', ['Refund', 'REFUND']],
    ['composed text with a plain query', 'Café', 'cafe', ['Café']],
    ['decomposed text with a composed query', 'a cafe\u0301 b', 'café', ['cafe\u0301']],
    ['composed text with a decomposed query', 'a café b', 'cafe\u0301', ['café']],
    ['Arabic text without vowel points', 'قال مَرْحَبًا لي', 'مرحبا', ['مَرْحَبًا']],
    ['a missing hamza', 'أريد', 'اريد', ['أريد']],
    ['Chinese', '我在北京见你', '北京', ['北京']],
    ['emoji', 'ok 🙂🙂 ok', '🙂', ['🙂', '🙂']],
    ['an emoji with and without its variation selector', 'I ❤️ it', '❤', ['❤️']],
    ['full-width letters', 'Ｒｅｆｕｎｄ', 'refund', ['Ｒｅｆｕｎｄ']],
    ['letters that get longer when folded', 'Straße und STRASSE', 'strasse', ['Straße', 'STRASSE']],
    ['letters with a stroke', 'Ælfø đi Łódź', 'o di lodz', ['ø đi Łódź']],
    ['half of a ligature', 'Æsop', 'esop', ['Æsop']],
    ['two matches in one letter', 'ß', 's', ['ß']],
    ['any spacing', 'one\r\n  two', 'one two', ['one\r\n  two']],
    ['Hangul', '안녕하세요', '안녕'.normalize('NFD'), ['안녕']],
    ['Devanagari marks', 'कि क', 'क', ['क']],
    ['half of a Hangul syllable', '저는 한국 사람입니다', '사라', []],
    ['a decomposed Hangul syllable', '저는 사람'.normalize('NFD'), '사람', ['사람'.normalize('NFD')]],
    ['half of a kana', 'ありがとう', 'か', []],
    ['half-width kana', 'ｶﾞｲﾄﾞ', 'ガイ', ['ｶﾞｲ']],
    ['part of an emoji', '👨\u200d👩\u200d👧 👩', '👩', ['👩']],
    ['a whole emoji', 'x 👨\u200d👩\u200d👧 y', '👨\u200d👩\u200d👧', ['👨\u200d👩\u200d👧']],
    ['flags', '🇩🇪🇸🇪', '🇸🇪', ['🇸🇪']],
    ['halves of two flags', '🇩🇪🇸🇪', '🇪🇸', []],
    ['different Cyrillic letters', 'Андрей и', 'и', ['и']],
    ['text without a match', 'abc', 'abd', []],
    ['a blank query', 'abc', '  ', []],
    ['a query with only marks', 'abc', '\u0301', []],
  ];
  for (const [name, text, typed, expected] of cases)
    it(`handles ${name}`, () => assert.deepEqual(findPhrase(text, typed), expected));

  it('returns offsets in the original text, even if folding changes its length', () => {
    assert.deepEqual(findRanges('ﬁ e\u0301\u0301 ß refund', foldPhrase('refund')), [[8, 14]]);
  });

  it('ignores the amount of white space in query and text', () => {
    assert.equal(foldPhrase(' a \t\n b '), 'A B');
    assert.deepEqual(findRanges('x a  \n  b', foldPhrase('a   b')), [[2, 9]]);
  });

  it('finds a match at the end of a long text quickly', () => {
    // Quadratic time would take minutes here.
    assert.deepEqual(findRanges(`${'مرحبا '.repeat(200_000)}refund`, 'REFUND'), [[1_200_000, 1_200_006]]);
  });

  it('returns at most 100 ranges', () => assert.equal(findRanges('a'.repeat(1000), 'A').length, 100));
});
