import assert from 'node:assert/strict';
import { findArrival, mayHaveArrived, countUserMessages } from '../../../src/core/running/arrival';
import { failure, turn } from './support';

describe('findArrival', () => {
  const hello = turn('assistant', 'Hello.');

  it('finds a message and its reply', () => {
    assert.equal(findArrival([hello, turn('user', 'Hi'), turn('assistant', 'Yes?')], 'Hi', 0).arrival, 'answered');
    assert.equal(findArrival([hello, turn('user', 'Hi'), turn('system', 'x')], 'Hi', 0).arrival, 'unanswered');
    assert.equal(findArrival([hello], 'Hi', 0).arrival, 'missing');
  });

  it('joins the turns of a reply', () => {
    const call = { name: 'find_slots', arguments: {}, result: [] };
    const calling = { ...turn('assistant', ''), functionCalls: [call] };
    const turns = [
      hello,
      turn('user', 'Hi'),
      calling,
      turn('system', 'x'),
      turn('assistant', 'A'),
      turn('assistant', 'B'),
    ];
    assert.deepEqual(findArrival(turns, 'Hi', 0).reply, { role: 'assistant', content: 'A\nB', functionCalls: [call] });
    assert.deepEqual(findArrival([hello, turn('user', 'Hi'), hello], 'Hi', 0).reply, hello);
    assert.equal(findArrival([hello, turn('user', 'Hi')], 'Hi', 0).reply, undefined);
  });

  it('counts only messages of the user', () => {
    assert.equal(countUserMessages([hello, turn('user', 'Hi'), hello, turn('system', 'x'), turn('user', '')]), 2);
    assert.equal(countUserMessages([hello]), 0);
  });

  it('looks only after the messages that were there before', () => {
    const earlierTurns = [turn('user', 'Hi'), hello];
    assert.equal(findArrival(earlierTurns, 'Hi', 1).arrival, 'missing');
    assert.equal(findArrival([...earlierTurns, turn('user', 'Hi')], 'Hi', 1).arrival, 'unanswered');
  });

  it('ignores differences in white space', () => {
    assert.equal(findArrival([turn('user', 'a\nb')], '  a\r\nb \n', 0).arrival, 'unanswered');
    assert.equal(findArrival([turn('user', 'ab')], 'a b', 0).arrival, 'missing');
  });

  it("doesn't match another message", () => {
    assert.equal(findArrival([turn('user', 'Other')], 'Hi', 0).arrival, 'missing');
    assert.equal(findArrival([turn('assistant', 'Hi'), turn('system', 'Hi')], 'Hi', 0).arrival, 'missing');
  });
});

describe('mayHaveArrived', () => {
  it("is true unless the server wasn't reached or rejected the request", () => {
    for (const error of [
      failure(),
      failure({ kind: 'network', code: 'ECONNRESET' }),
      failure({ kind: 'network' }),
      failure({ kind: 'server', status: 502 }),
      failure({ kind: 'unexpected', unexpected: 'notJson' }),
      failure({ kind: 'rejected', status: 400 }),
      failure({ kind: 'timeout' }),
      failure({ kind: 'cancelled' }),
    ]) {
      assert.equal(mayHaveArrived(error), true, error.message);
    }
    for (const error of [
      failure({ kind: 'network', code: 'ECONNREFUSED' }),
      failure({ kind: 'network', code: 'ENOTFOUND' }),
      failure({ kind: 'rejected', status: 422 }),
      failure({ kind: 'notFound', status: 404 }),
      failure({ kind: 'unauthorized', status: 401 }),
      failure({ kind: 'forbidden', status: 403 }),
      failure({ kind: 'rateLimited', status: 429 }),
      failure({ kind: 'cancelled', unsent: true }),
      failure({ kind: 'rateLimited', unsent: true }),
    ]) {
      assert.equal(mayHaveArrived(error), false, error.message);
    }
  });
});
