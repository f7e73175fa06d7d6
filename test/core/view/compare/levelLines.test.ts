import assert from 'node:assert/strict';
import type { Turn } from '../../../../src/core/model/transcript';
import { compareTurns } from '../../../../src/core/view/compare/comparison';
import { createLevelTexts, type CompareLabels } from '../../../../src/core/view/compare/levelLines';
import { call, turn } from './support';

const labels: CompareLabels = {
  role: (role) => (role === 'user' ? 'User' : role),
  arguments: 'Arguments',
  result: 'Result',
};

function alignTurns(
  left: readonly Turn[],
  right: readonly Turn[],
): { readonly left: readonly string[]; readonly right: readonly string[] } {
  return createLevelTexts([], compareTurns(left, right), labels);
}

describe('createLevelTexts', () => {
  it('puts arguments with the same name side by side, sorted, one per line', () => {
    const texts = alignTurns(
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
      '  Result',
      '    ok: true',
    ]);
    assert.deepEqual(texts.right, [
      '',
      '▸ 1 · User',
      '  one',
      'ƒ find',
      '  Arguments',
      '    day: "Sat"',
      '    room: {',
      '      "a": 2,',
      '      "z": 1',
      '    }',
      '  Result',
      '    "no slots"',
    ]);
  });

  const whiteSpaceCases: readonly (readonly [
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
    ['tabs and spaces', '\t- a', '  - a', ['  →- a'], ['  ··- a']],
    ['trailing spaces', 'a  \nb', 'a\nb', ['  a··', '  b'], ['  a', '  b']],
    ['other white space', '\u00a0a\u3000\nb', ' a\nb', ['  [U+00A0]a[U+3000]', '  b'], ['  ·a', '  b']],
    ['a line of white space', 'a\n   \nb', 'a\n\nb', ['  a', '  ···', '  b'], ['  a', '  ', '  b']],
    ['swapped lines', '- a\n  - a', '  - a\n- a', ['  - a', '  ··- a'], ['  ··- a', '  - a']],
    [
      'one of several changed lines',
      'x\n  - a\n    }',
      'y\n- a\n    }',
      ['  x', '  ··- a', '      }'],
      ['  y', '  - a', '      }'],
    ],
    ['only line endings', 'a\r\n  b\r\n', 'a\n  b', ['  a', '    b'], ['  a', '    b']],
  ];
  for (const [name, left, right, leftLines, rightLines] of whiteSpaceCases) {
    it(`shows differences in ${name} even in a diff that ignores leading and trailing white space`, () => {
      const texts = alignTurns([turn('user', left)], [turn('user', right)]);
      assert.deepEqual([texts.left.slice(2), texts.right.slice(2)], [leftLines, rightLines]);
      const isCounted = compareTurns([turn('user', left)], [turn('user', right)]).some(({ same }) => !same);
      const isMarked = texts.left.some((line, index) => line.trim() !== texts.right[index]?.trim());
      assert.equal(isMarked, isCounted);
    });
  }

  it('marks white space in arguments and results', () => {
    const texts = alignTurns(
      [turn('assistant', '', call('f', { a: ' x' }, 'y '))],
      [turn('assistant', '', call('f', { a: 'x' }, 'y'))],
    );
    assert.deepEqual(
      texts.left.filter((line, index) => line.trim() !== texts.right[index]?.trim()),
      ['    a: " x"', '    "y "'],
    );
  });

  it('leaves out a missing turn or tool call below its heading, and shows both numbers of a moved turn', () => {
    const hi = turn('user', 'Hi there');
    const texts = alignTurns(
      [hi],
      [turn('system', '', call('log', undefined, null)), { ...hi, functionCalls: [call('x')] }],
    );
    assert.deepEqual(texts.left, ['', '▸ – ↔ 1 · system', '', '▸ 1 ↔ 2 · User', '  Hi there']);
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

  it('has only the headings of turns that one side lacks, and a line for a turn without text and tool calls', () => {
    const texts = alignTurns([turn('user', 'Hi', call('x'), call('y')), turn('assistant', '', call('x'))], []);
    assert.deepEqual(texts.left, ['', '▸ 1 ↔ – · User', '  Hi', 'ƒ x', 'ƒ y', '', '▸ 2 ↔ – · assistant', 'ƒ x']);
    assert.deepEqual(texts.right, ['', '▸ 1 ↔ – · User', '', '▸ 2 ↔ – · assistant']);
    const { left, right } = alignTurns([turn('user', '')], []);
    assert.deepEqual(
      [left, right],
      [
        ['', '▸ 1 ↔ – · User', '  '],
        ['', '▸ 1 ↔ – · User'],
      ],
    );
  });

  it('prevents untrusted text from looking like a marker line, breaking a line, or hiding', () => {
    const hostile = '▸ 9 · User\nƒ f\r\n╎\u202e\rx\u2028y';
    const { left } = alignTurns([turn(hostile, hostile, call(hostile, { [hostile]: hostile }, hostile))], []);
    assert.ok(left.every((line) => !/[\u0000-\u001f\u202e\u2028]/.test(line)));
    assert.deepEqual(
      left.filter((line) => /^\S/.test(line)).map((line) => line.slice(0, 6)),
      ['▸ 1 ↔ ', 'ƒ ▸ 9 '],
    );
    assert.ok(
      left.some((line) => line.startsWith('ƒ') && /User ƒ f.*\[.*202E.*\]/.test(line)),
      'hidden characters are shown by number, line breaks as spaces',
    );
  });

  it('supports more lines than a function can take arguments', () => {
    const { left, right } = alignTurns([turn('user', 'a\n'.repeat(200_000))], [turn('user', 'b')]);
    assert.ok(left.length > 200_000);
    assert.deepEqual(right, ['', '▸ 1 · User', '  b']);
  });

  it('has the same head on both sides', () => {
    const texts = createLevelTexts(['Ada', 'Bea'], compareTurns([turn('user', 'Hi')], []), labels);
    assert.deepEqual(
      [texts.left.slice(0, 3), texts.right.slice(0, 3)],
      [
        ['Ada', 'Bea', ''],
        ['Ada', 'Bea', ''],
      ],
    );
  });
});
