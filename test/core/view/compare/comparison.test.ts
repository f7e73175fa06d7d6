import assert from 'node:assert/strict';
import type { Turn } from '../../../../src/core/model/transcript';
import { compareTurns } from '../../../../src/core/view/compare/comparison';
import { call, turn } from './support';

/** Formats pairs as "1=1 2~2 3- -3", where "=" means equal and "~" changed. */
function formatPairs(left: readonly Turn[], right: readonly Turn[]): string {
  return compareTurns(left, right)
    .map(
      (pair) =>
        `${pair.left?.number ?? ''}${pair.left && pair.right ? (pair.same ? '=' : '~') : '-'}${pair.right?.number ?? ''}`,
    )
    .join(' ');
}

describe('compareTurns', () => {
  const hello = turn('assistant', 'Hello, how can I help?');
  const friday = turn('user', 'Is Dr Okoro free on Friday?');
  const slots = turn('assistant', 'She has 09:20.', call('find_slots', { day: 'Fri' }, ['09:20']));
  const thanks = turn('user', 'Thank you');

  const cases: readonly (readonly [name: string, left: readonly Turn[], right: readonly Turn[], expected: string])[] = [
    ['without turns', [], [], ''],
    ['that are equal', [hello, friday, slots], [hello, friday, slots], '1=1 2=2 3=3'],
    ['of which one continues', [hello, friday], [hello, friday, slots, thanks], '1=1 2=2 -3 -4'],
    [
      'of which one has an extra exchange in the middle',
      [hello, thanks],
      [hello, friday, slots, thanks],
      '1=1 -2 -3 2=4',
    ],
    ['of which one lacks the greeting', [hello, friday, slots], [friday, slots], '1- 2=1 3=2'],
    [
      'with a reworded question',
      [hello, turn('user', 'Can I see somebody soon?'), slots],
      [hello, friday, slots],
      '1=1 2~2 3=3',
    ],
    ['without pairing different roles', [turn('user', 'Hi')], [turn('assistant', 'Hi')], '1- -1'],
    ['ignoring trailing spaces and line endings', [turn('user', 'a\r\nb ')], [turn('user', 'a\nb')], '1=1'],
    [
      'by their tool calls',
      [turn('assistant', '', call('find')), turn('assistant', '', call('book'))],
      [turn('assistant', '', call('book'))],
      '1- 2=1',
    ],
    ['with turns that have no words', [turn('user', '👍')], [turn('user', '👎')], '1~1'],
    [
      'by equal text rather than equal words',
      [turn('user', 'now or never')],
      [turn('user', 'never or now'), turn('user', 'now or never')],
      '-1 1=2',
    ],
    [
      'by equal text without an extra tool call',
      [turn('assistant', 'One moment')],
      [turn('assistant', 'One moment', call('log')), turn('assistant', 'One moment')],
      '-1 1=2',
    ],
    [
      'by similar text rather than by equal text with an extra tool call',
      [turn('assistant', 'We are open from nine to five today')],
      [
        turn('assistant', 'We are open from nine to five now'),
        turn('assistant', 'We are open from nine to five today', call('log')),
      ],
      '1~1 -2',
    ],
    [
      'in scripts without spaces',
      [turn('user', '明日の予約を変更したい')],
      [turn('user', 'さようなら'), turn('user', '明日の予約を取り消したい')],
      '-1 1~2',
    ],
  ];
  for (const [name, left, right, expected] of cases) {
    it(`pairs transcripts ${name}`, () => assert.equal(formatPairs(left, right), expected));
  }

  it('compares tool calls regardless of argument order', () => {
    const [pair] = compareTurns(
      [
        turn(
          'assistant',
          '',
          call('a', { x: 1, y: [{ p: 1, q: 2 }] }),
          call('b', '{"n":1}'),
          call('c', {}),
          call('d', { day: 'Fri' }),
        ),
      ],
      [
        turn(
          'assistant',
          '',
          call('a', { y: [{ q: 2, p: 1 }], x: 1 }),
          call('b', { n: 1 }),
          call('c', []),
          call('d', { day: 'Sat' }),
          call('e'),
        ),
      ],
    );
    assert.deepEqual(
      pair?.calls.map(({ left, right, same }) => [left?.name, right?.name, same]),
      [
        ['a', 'a', true],
        ['b', 'b', true],
        ['c', 'c', true],
        ['d', 'd', false],
        [undefined, 'e', false],
      ],
    );
    assert.equal(pair.same, false);
  });

  it('reads each tool call only a few times, however many there are', () => {
    let reads = 0;
    const many = (seed: number): Turn[] => [
      turn(
        'assistant',
        '',
        ...Array.from({ length: 500 }, (_, index) => ({
          ...call('find_slots', { day: index }),
          get result() {
            reads += 1;
            return { slot: index + seed };
          },
        })),
      ),
    ];
    assert.equal(compareTurns(many(0), many(1))[0]?.calls.length, 500);
    assert.ok(reads <= 3 * 1000, `${reads} reads of 1000 results`);
  });

  it('pairs two conversations of 400 long turns quickly', function () {
    // Comparing every pair would take hours.
    this.timeout(60_000);
    const long = (seed: number): Turn[] =>
      Array.from({ length: 400 }, (_, index) =>
        turn(
          index % 2 === 0 ? 'user' : 'assistant',
          Array.from({ length: 300 }, (__, word) => `w${(index * 7 + word * seed) % 997}`).join(' '),
        ),
      );
    assert.equal(compareTurns(long(3), long(5)).filter(({ left, right }) => left && right).length, 400);
  });
});
