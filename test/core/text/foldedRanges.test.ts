import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { foldedPhrase, rangesOf } from '../../../src/core/text/foldedRanges';

const found = (text: string, typed: string): string[] =>
  rangesOf(text, foldedPhrase(typed)).map(([start, end]) => text.slice(start, end));

describe('where a phrase stands in a text', () => {
  const cases: readonly (readonly [name: string, text: string, typed: string, expected: readonly string[]])[] = [
    ['any case', 'Refund, REFUND', 'refund', ['Refund', 'REFUND']],
    ['composed, typed plain', 'Café', 'cafe', ['Café']],
    ['decomposed, typed composed', 'a cafe\u0301 b', 'café', ['cafe\u0301']],
    ['composed, typed decomposed', 'a café b', 'cafe\u0301', ['café']],
    ['Arabic without its vowel points', 'قال مَرْحَبًا لي', 'مرحبا', ['مَرْحَبًا']],
    ['a hamza apart', 'أريد', 'اريد', ['أريد']],
    ['Chinese', '我在北京见你', '北京', ['北京']],
    ['emoji', 'ok 🙂🙂 ok', '🙂', ['🙂', '🙂']],
    ['an emoji with and without its variation selector', 'I ❤️ it', '❤', ['❤️']],
    ['full-width letters', 'Ｒｅｆｕｎｄ', 'refund', ['Ｒｅｆｕｎｄ']],
    ['what gets longer', 'Straße und STRASSE', 'strasse', ['Straße', 'STRASSE']],
    ['letters with a stroke', 'Ælfø đi Łódź', 'o di lodz', ['ø đi Łódź']],
    ['half of a letter that is spelled with two', 'Æsop', 'esop', ['Æsop']],
    ['two in one letter', 'ß', 's', ['ß']],
    ['any spacing', 'one\r\n  two', 'one two', ['one\r\n  two']],
    ['Hangul', '안녕하세요', '안녕'.normalize('NFD'), ['안녕']],
    ['Devanagari marks make other letters', 'कि क', 'क', ['क']],
    ['half a syllable of Hangul', '저는 한국 사람입니다', '사라', []],
    ['a syllable of Hangul in its parts', '저는 사람'.normalize('NFD'), '사람', ['사람'.normalize('NFD')]],
    ['half a kana', 'ありがとう', 'か', []],
    ['kana of half width', 'ｶﾞｲﾄﾞ', 'ガイ', ['ｶﾞｲ']],
    ['a part of an emoji', '👨\u200d👩\u200d👧 👩', '👩', ['👩']],
    ['a whole emoji', 'x 👨\u200d👩\u200d👧 y', '👨\u200d👩\u200d👧', ['👨\u200d👩\u200d👧']],
    ['flags', '🇩🇪🇸🇪', '🇸🇪', ['🇸🇪']],
    ['halves of two flags', '🇩🇪🇸🇪', '🇪🇸', []],
    ['another letter of Cyrillic', 'Андрей и', 'и', ['и']],
    ['nothing', 'abc', 'abd', []],
    ['nothing typed', 'abc', '  ', []],
    ['marks alone', 'abc', '\u0301', []],
  ];
  for (const [name, text, typed, expected] of cases) it(name, () => assert.deepEqual(found(text, typed), expected));

  it('is a place of the whole text, behind what folding makes longer or shorter', () => {
    assert.deepEqual(rangesOf('ﬁ e\u0301\u0301 ß refund', foldedPhrase('refund')), [[8, 14]]);
  });

  it('does not depend on how wide the blanks are, typed or written', () => {
    assert.equal(foldedPhrase(' a \t\n b '), 'A B');
    assert.deepEqual(rangesOf('x a  \n  b', foldedPhrase('a   b')), [[2, 9]]);
  });

  it('is found at the end of a long text', () => {
    // Looking through all that came before, for each letter, would take minutes.
    assert.deepEqual(rangesOf(`${'مرحبا '.repeat(200_000)}refund`, 'REFUND'), [[1_200_000, 1_200_006]]);
  });

  it('is bounded', () => assert.equal(rangesOf('a'.repeat(1000), 'A').length, 100));
});
