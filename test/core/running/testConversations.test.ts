import assert from 'node:assert/strict';
import {
  TestConversations,
  WritingRefused,
  type Refusal,
  type WritingTarget,
} from '../../../src/core/running/testConversations';
import { knownConversationTypes } from '../../../src/core/model/conversation';
import { failure, row, ScriptedServer } from './support';

const options = { signal: new AbortController().signal };

async function catchRefusal(sending: Promise<unknown>): Promise<Refusal> {
  const outcome: unknown = await sending.then(
    () => assert.fail('the message was sent'),
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof WritingRefused, String(outcome));
  return outcome.refusal;
}

describe('TestConversations', () => {
  const target = (type: string): WritingTarget => ({ id: 'old', conversation: row({ type }) });

  it('sends to a conversation of type test', async () => {
    const server = new ScriptedServer();
    const answer = await new TestConversations().send(server.api, target('test'), 'Hi', options);
    assert.equal(answer?.content, 'Re: Hi');
    assert.deepEqual(server.requests, ['send old Hi']);
  });

  it('sends to no other conversation', async () => {
    const server = new ScriptedServer();
    const tests = new TestConversations();
    const others = [...knownConversationTypes.filter((type) => type !== 'test'), '', 'Test', 'newtype'].map(target);
    const unknown = { id: 'old', conversation: undefined };
    const another = { id: 'old', conversation: row({ id: 'another' }) };
    for (const each of [...others, unknown, another]) {
      assert.equal(tests.isWritable(server.api, each), false);
      assert.equal(await catchRefusal(tests.send(server.api, each, 'Hi', options)), 'notATest');
    }
    assert.deepEqual(server.requests, []);
  });

  it('sends to a conversation that it created, only on the same server', async () => {
    const server = new ScriptedServer();
    const tests = new TestConversations();
    const { id } = await tests.create(server.api, { assistantUuid: 'uuid', variables: undefined }, options);
    const created = { id, conversation: undefined };
    assert.equal(tests.isWritable(server.api, created), true);
    assert.equal(tests.isWritable({ ...server.api, baseUrl: 'https://other.example/api' }, created), false);
    await tests.send(server.api, created, 'Hi', options);
    assert.equal(server.requests.at(-1), 'send new Hi');
  });

  it("rejects messages that the platform wouldn't accept", async () => {
    const server = new ScriptedServer();
    const tests = new TestConversations();
    for (const blank of ['', ' \n\t'])
      assert.equal(await catchRefusal(tests.send(server.api, target('test'), blank, options)), 'blank');
    assert.equal(await catchRefusal(tests.send(server.api, target('test'), 'x'.repeat(2001), options)), 'tooLong');
    assert.deepEqual(server.requests, []);
    await tests.send(server.api, target('test'), '🙂'.repeat(2000), options);
    assert.equal(server.requests.length, 1);
  });

  it('sends one message at a time to a conversation and emits changes', async () => {
    const server = new ScriptedServer({}, { error: failure() });
    const tests = new TestConversations();
    const sendingStates: boolean[] = [];
    tests.onDidChange(() => sendingStates.push(tests.isSending(server.api, 'old')));
    const first = tests.send(server.api, target('test'), 'One', options);
    assert.equal(await catchRefusal(tests.send(server.api, target('test'), 'Two', options)), 'busy');
    await first;
    await assert.rejects(tests.send(server.api, target('test'), 'Three', options), { kind: 'timeout' });
    assert.deepEqual(sendingStates, [true, false, true, false]);
    assert.deepEqual(server.requests, ['send old One', 'send old Three']);
  });
});
