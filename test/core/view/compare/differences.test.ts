import assert from 'node:assert/strict';
import type { Conversation } from '../../../../src/core/model/conversation';
import type { Turn } from '../../../../src/core/model/transcript';
import { comparisonOf } from '../../../../src/core/view/compare/comparison';
import { differencesOf, type Differences } from '../../../../src/core/view/compare/differences';
import { call, transcriptOf, turn } from './support';

function between(
  left: readonly Turn[],
  right: readonly Turn[],
  costs: readonly Conversation['totalCost'][] = [],
  rejected: readonly number[] = [],
): Differences {
  const row = (totalCost: Conversation['totalCost']): Conversation | undefined =>
    totalCost === undefined ? undefined : ({ totalCost } as Conversation);
  return differencesOf(
    comparisonOf(left, right),
    { row: row(costs[0]), transcript: transcriptOf(left, rejected[0]) },
    { row: row(costs[1]), transcript: transcriptOf(right, rejected[1]) },
  );
}

const nothing: Differences = {
  turns: 0,
  calls: { added: 0, removed: 0, changed: 0 },
  cost: undefined,
  messages: undefined,
  rejected: 0,
};

describe('what differs between two conversations', () => {
  const hi = turn('user', 'Hi');

  it('is nothing where they are the same', () => assert.deepEqual(between([hi], [hi], [0.5, '0.50']), nothing));

  it('counts turns, calls and messages, and tells the cost in its digits', () => {
    const left = [
      hi,
      turn('assistant', 'One moment', call('find', { day: 'Fri' }), call('log'), call('note'), call('ring')),
    ];
    const right = [
      hi,
      turn('assistant', 'One moment', call('find', { day: 'Sat' }), call('book'), call('mail')),
      turn('user', 'Thanks'),
    ];
    assert.deepEqual(between(left, right, ['0.0128', 2e-7]), {
      ...nothing,
      turns: 2,
      calls: { added: 2, removed: 3, changed: 1 },
      cost: { from: '0.0128', to: '0.0000002' },
      messages: { from: 2, to: 3 },
    });
  });

  it('says no cost where that of one is not known', () => {
    assert.equal(between([hi], [hi], [0.5]).cost, undefined);
    assert.equal(between([hi], [hi], [undefined, 0.5]).cost, undefined);
  });

  it('counts what could not be compared', () => {
    assert.deepEqual(between([hi], [hi], [], [2, 1]), { ...nothing, rejected: 3, messages: { from: 3, to: 2 } });
  });
});
