import assert from 'node:assert/strict';
import { fold, findFolded, normalizeBounded, foldTerms } from '../../../src/core/text/fold';

describe('Folded text', () => {
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
    ['за́мок', 'замок'],
    ['ｶﾞｲﾄﾞ', 'ガイド'],
    ['ガイド', 'カ\u3099イト\u3099'],
    ['Nguyễn', 'nguyen'],
    ['❤️\u200d🔥', '❤\u200d🔥'],
    ['葛\u{e0100}', '葛'],
    ['Đà Nẵng, đường', 'da nang, duong'],
    ['Łódź, złoty', 'lodz, zloty'],
    ['Smørrebrød, Ǿ', 'smorrebrod, o'],
    ['Ħal Qormi, Boŧŧet', 'hal qormi, bottet'],
    ['Þórður, Æsir, œuvre', 'thordur, aesir, oeuvre'],
    ['ක\u200d', 'ක'],
  ];
  for (const [one, other] of same) it(`is equal for ${one} and ${other}`, () => assert.equal(fold(one), fold(other)));

  const different: readonly [one: string, other: string][] = [
    ['が', 'か'],
    ['कि', 'कु'],
    ['👩', '👨'],
    ['a', 'b'],
    ['й', 'и'],
    ['Україна', 'Украіна'],
    ['ў', 'у'],
    ['ќ', 'к'],
    ['👩\u200d👧', '👩👧'],
    ['ｶﾞ', 'ｶ'],
  ];
  for (const [one, other] of different) {
    it(`differs for ${one} and ${other}`, () => assert.notEqual(fold(one), fold(other)));
  }

  const searches: readonly [text: string, typed: string, isFound: boolean][] = [
    ['저는 한국 사람입니다', '사라', false],
    ['저는 한국 사람입니다', '사람', true],
    ['저는 한국 사람입니다'.normalize('NFD'), '사라', false],
    ['저는 한국 사람입니다'.normalize('NFD'), '사람', true],
    ['한글', '하', false],
    ['ありがとう', 'か', false],
    ['ありがとう', 'が', true],
    ['ガイド', 'カ', false],
    ['ｶﾞｲﾄﾞ', 'ｶ', false],
    ['ｶﾞｲﾄﾞ', 'ガ', true],
    ['パン', 'ハ', false],
    ['か\u309a', 'か', false],
    ['कि', 'क', false],
    ['नमस्ते', 'नमस्', true],
    ['नमस्ते', 'नमस', false],
    ['กิน', 'ก', false],
    ['น้ำ', 'น', false],
    ['น้ำ', 'น้ำ', true],
    ['மொ', 'மெ', false],
    ['Андрей', 'андреи', false],
    ['Андрей', 'андрей', true],
    ['Ёлка', 'елка', true],
    ['Café', 'cafe', true],
    ['Đà Nẵng', 'nang', true],
    ['مَرْحَبًا', 'مرحبا', true],
    ['👨\u200d👩\u200d👧', '👩', false],
    ['👨\u200d👩\u200d👧', '👨', false],
    ['👨\u200d👩\u200d👧 👩', '👩', true],
    ['👍🏽', '👍', false],
    ['👍🏽', '👍🏽', true],
    ['👍🏽', '🏽', false],
    ['🇩🇪🇸🇪', '🇪🇸', false],
    ['🇩🇪🇸🇪', '🇸🇪', true],
    ['🇩🇪🇸🇪', '🇩', false],
    ['🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', '🏴', false],
    ['office ﬁle', 'fi', true],
    ['Straße', 'ss', true],
  ];
  for (const [text, typed, isFound] of searches) {
    it(`of ${text} ${isFound ? 'contains' : "doesn't contain"} ${typed}`, () =>
      assert.equal(findFolded(fold(text), fold(typed)) >= 0, isFound));
  }

  it('is equal however many marks a letter has', () => assert.equal(fold(`a${'\u0302\u0316'.repeat(500)}b`), 'AB'));

  it('never sorts more than 30 consecutive marks', () => {
    for (const marks of ['\u0302\u0316', '\u094d\u093c']) {
      const text = normalizeBounded(`a${marks.repeat(500)}b`, 'NFKD');
      // The joiner is also a mark, but it ends a run.
      for (const part of text.split('\u034f')) assert.ok((part.match(/\p{M}/gu) ?? []).length <= 30);
      assert.equal(text.replaceAll('\u034f', '').length, 1002);
    }
    assert.equal(normalizeBounded('e\u0301t\u0316', 'NFC'), 'ét\u0316');
  });

  it('can be split into words', () => {
    assert.deepEqual(foldTerms('  Inès\u00a0of\tRome\u3000'), ['INES', 'OF', 'ROME']);
    assert.deepEqual(foldTerms(' \n'), []);
    assert.deepEqual(foldTerms('\u200b'), []);
  });
});
