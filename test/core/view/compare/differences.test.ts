import assert from 'node:assert/strict';
import type { Conversation } from '../../../../src/core/model/conversation';
import type { Turn } from '../../../../src/core/model/transcript';
import { compareTurns, findDifferences, type Differences } from '../../../../src/core/view/compare/comparison';
import { call, createTranscript, turn } from './support';

function differencesBetween(
  left: readonly Turn[],
  right: readonly Turn[],
  costs: readonly Conversation['totalCost'][] = [],
  rejected: readonly number[] = [],
): Differences {
  const row = (totalCost: Conversation['totalCost']): Conversation | undefined =>
    totalCost === undefined ? undefined : ({ totalCost } as Conversation);
  return findDifferences(
    compareTurns(left, right),
    { row: row(costs[0]), transcript: createTranscript(left, rejected[0]) },
    { row: row(costs[1]), transcript: createTranscript(right, rejected[1]) },
  );
}

const noDifferences: Differences = {
  turns: 0,
  calls: { added: 0, removed: 0, changed: 0 },
  cost: undefined,
  messages: undefined,
  rejected: 0,
};

describe('findDifferences', () => {
  const hi = turn('user', 'Hi');

  it('is empty for equal conversations', () =>
    assert.deepEqual(differencesBetween([hi], [hi], [0.5, '0.50']), noDifferences));

  it('counts turns, tool calls, and messages, and keeps the digits of the cost', () => {
    const left = [
      hi,
      turn('assistant', 'One moment', call('find', { day: 'Fri' }), call('log'), call('note'), call('ring')),
    ];
    const right = [
      hi,
      turn('assistant', 'One moment', call('find', { day: 'Sat' }), call('book'), call('mail')),
      turn('user', 'Thanks'),
    ];
    assert.deepEqual(differencesBetween(left, right, ['0.0128', 2e-7]), {
      ...noDifferences,
      turns: 2,
      calls: { added: 2, removed: 3, changed: 1 },
      cost: { from: '0.0128', to: '0.0000002' },
      messages: { from: 2, to: 3 },
    });
  });

  it('leaves out the cost if one is unknown', () => {
    assert.equal(differencesBetween([hi], [hi], [0.5]).cost, undefined);
    assert.equal(differencesBetween([hi], [hi], [undefined, 0.5]).cost, undefined);
  });

  it("counts turns that couldn't be compared", () => {
    assert.deepEqual(differencesBetween([hi], [hi], [], [2, 1]), {
      ...noDifferences,
      rejected: 3,
      messages: { from: 3, to: 2 },
    });
  });
});
