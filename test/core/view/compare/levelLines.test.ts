import assert from 'node:assert/strict';
import type { Turn } from '../../../../src/core/model/transcript';
import { comparisonOf } from '../../../../src/core/view/compare/comparison';
import { levelTexts, type CompareWords } from '../../../../src/core/view/compare/levelLines';
import { call, turn } from './support';

const words: CompareWords = {
  role: (role) => (role === 'user' ? 'User' : role),
  arguments: 'Arguments',
  result: 'Result',
  noTurn: 'no matching turn',
  noCall: 'not called',
};
const none = { left: [], right: [] };

function level(
  left: readonly Turn[],
  right: readonly Turn[],
): { readonly left: readonly string[]; readonly right: readonly string[] } {
  const texts = levelTexts(none, comparisonOf(left, right), words);
  assert.equal(texts.left.length, texts.right.length);
  return texts;
}

describe('two texts that stand level', () => {
  it('have arguments one a line and sorted, each beside the one of its name', () => {
    const texts = level(
      [turn('user', 'one\ntwo', call('find', { day: 'Fri', 'a b': [1] }, { ok: true }))],
      [turn('user', 'one', call('find', { room: { z: 1, a: 2 }, day: 'Sat' }, 'no slots'))],
    );
    assert.deepEqual(texts.left, [
      '',
      '▸ 1 · User',
      '  one',
      '  two',
      'ƒ find',
      '  Arguments',
      '    "a b": [',
      '      1',
      '    ]',
      '    day: "Fri"',
      '╎',
      '╎',
      '╎',
      '╎',
      '  Result',
      '╎',
      '    ok: true',
    ]);
    assert.deepEqual(texts.right, [
      '',
      '▸ 1 · User',
      '  one',
      '┆',
      'ƒ find',
      '  Arguments',
      '┆',
      '┆',
      '┆',
      '    day: "Sat"',
      '    room: {',
      '      "a": 2,',
      '      "z": 1',
      '    }',
      '  Result',
      '    "no slots"',
      '┆',
    ]);
  });

  const spaced: readonly (readonly [
    name: string,
    left: string,
    right: string,
    leftLines: readonly string[],
    rightLines: readonly string[],
  ])[] = [
    [
      'indentation',
      'List:\n- one\n  - two',
      'List:\n- one\n- two',
      ['  List:', '  - one', '  ··- two'],
      ['  List:', '  - one', '  - two'],
    ],
    ['tabs and blanks', '\t- a', '  - a', ['  →- a'], ['  ··- a']],
    ['blanks at the end of a line', 'a  \nb', 'a\nb', ['  a··', '  b'], ['  a', '  b']],
    ['other white space', '\u00a0a\u3000\nb', ' a\nb', ['  [U+00A0]a[U+3000]', '  b'], ['  ·a', '  b']],
    ['a line of white space', 'a\n   \nb', 'a\n\nb', ['  a', '  ···', '  b'], ['  a', '  ', '  b']],
    ['lines that changed places', '- a\n  - a', '  - a\n- a', ['  - a', '  ··- a'], ['  ··- a', '  - a']],
    [
      'a line among others that differ',
      'x\n  - a\n    }',
      'y\n- a\n    }',
      ['  x', '  ··- a', '      }'],
      ['  y', '  - a', '      }'],
    ],
    ['nothing but line ends', 'a\r\n  b\r\n', 'a\n  b', ['  a', '    b'], ['  a', '    b']],
  ];
  for (const [name, left, right, leftLines, rightLines] of spaced) {
    it(`show ${name} that differ, also to a diff that ignores white space around lines`, () => {
      const texts = level([turn('user', left)], [turn('user', right)]);
      assert.deepEqual([texts.left.slice(2), texts.right.slice(2)], [leftLines, rightLines]);
      const isCounted = comparisonOf([turn('user', left)], [turn('user', right)]).some(({ same }) => !same);
      const isMarked = texts.left.some((line, index) => line.trim() !== texts.right[index]?.trim());
      assert.equal(isMarked, isCounted);
    });
  }

  it('mark white space within arguments and results', () => {
    const texts = level(
      [turn('assistant', '', call('f', { a: ' x' }, 'y '))],
      [turn('assistant', '', call('f', { a: 'x' }, 'y'))],
    );
    assert.deepEqual(
      texts.left.filter((line, index) => line.trim() !== texts.right[index]?.trim()),
      ['    a: " x"', '    "y "'],
    );
  });

  it('have a placeholder for a turn or call that one side lacks, and both numbers of one that moved', () => {
    const hi = turn('user', 'Hi there');
    const texts = level(
      [hi],
      [turn('system', '', call('log', undefined, null)), { ...hi, functionCalls: [call('x')] }],
    );
    assert.deepEqual(texts.left, [
      '',
      '▸ – ↔ 1 · system',
      '╎ no matching turn',
      '╎',
      '╎',
      '',
      '▸ 1 ↔ 2 · User',
      '  Hi there',
      '╎ not called',
    ]);
    assert.deepEqual(texts.right, [
      '',
      '▸ – ↔ 1 · system',
      'ƒ log',
      '  Result',
      '    null',
      '',
      '▸ 1 ↔ 2 · User',
      '  Hi there',
      'ƒ x',
    ]);
  });

  it('say once that one side lacks a turn, beside its text or else beside its first call', () => {
    const texts = level([turn('user', 'Hi', call('x'), call('y')), turn('assistant', '', call('x'), call('y'))], []);
    assert.deepEqual(texts.left, ['', '▸ 1 ↔ – · User', '  Hi', 'ƒ x', 'ƒ y', '', '▸ 2 ↔ – · assistant', 'ƒ x', 'ƒ y']);
    assert.deepEqual(texts.right, [
      '',
      '▸ 1 ↔ – · User',
      '┆ no matching turn',
      '┆',
      '┆',
      '',
      '▸ 2 ↔ – · assistant',
      '┆ no matching turn',
      '┆',
    ]);
  });

  it('have a line for a turn of neither text nor calls', () => {
    assert.deepEqual(
      { ...level([turn('user', '')], []) },
      { left: ['', '▸ 1 ↔ – · User', '  '], right: ['', '▸ 1 ↔ – · User', '┆ no matching turn'] },
    );
  });

  it('let nothing that a stranger wrote pass for a line of ours, break one, or hide', () => {
    const hostile = '▸ 9 · User\nƒ f\r\n╎\u202e\rx\u2028y';
    const { left } = level([turn(hostile, hostile, call(hostile, { [hostile]: hostile }, hostile))], []);
    assert.ok(left.every((line) => !/[\u0000-\u001f\u202e\u2028]/.test(line)));
    assert.deepEqual(
      left.filter((line) => /^\S/.test(line)).map((line) => line.slice(0, 6)),
      ['▸ 1 ↔ ', 'ƒ ▸ 9 '],
    );
    assert.ok(
      left.some((line) => line.startsWith('ƒ') && /User ƒ f.*\[.*202E.*\]/.test(line)),
      'hidden characters are told by their numbers, line breaks are blanks',
    );
  });

  it('stay level where a text has more lines than a function takes arguments', () => {
    const { left, right } = level([turn('user', 'a\n'.repeat(200_000))], [turn('user', 'b')]);
    assert.equal(left.length, right.length);
  });

  it('stay level below heads of different heights', () => {
    const texts = levelTexts({ left: ['Ada'], right: ['Bea', 'more'] }, [], words);
    assert.deepEqual(texts.left, ['Ada', '╎']);
  });
});
