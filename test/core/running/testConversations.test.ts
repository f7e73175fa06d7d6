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

async function refusalOf(sending: Promise<unknown>): Promise<Refusal> {
  const outcome: unknown = await sending.then(
    () => assert.fail('it was sent'),
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof WritingRefused, String(outcome));
  return outcome.refusal;
}

describe('TestConversations', () => {
  const target = (type: string): WritingTarget => ({ id: 'old', conversation: row({ type }) });

  it('writes to what its row says is a test', async () => {
    const server = new ScriptedServer();
    const answer = await new TestConversations().send(server.api, target('test'), 'Hi', options);
    assert.equal(answer?.content, 'Re: Hi');
    assert.deepEqual(server.asked, ['send old Hi']);
  });

  it('writes to nothing else', async () => {
    const server = new ScriptedServer();
    const tests = new TestConversations();
    const others = [...knownConversationTypes.filter((type) => type !== 'test'), '', 'Test', 'newtype'].map(target);
    const unknown = { id: 'old', conversation: undefined };
    const another = { id: 'old', conversation: row({ id: 'another' }) };
    for (const each of [...others, unknown, another]) {
      assert.equal(tests.isWritable(server.api, each), false);
      assert.equal(await refusalOf(tests.send(server.api, each, 'Hi', options)), 'notATest');
    }
    assert.deepEqual(server.asked, []);
  });

  it('writes to what was created, on that server only', async () => {
    const server = new ScriptedServer();
    const tests = new TestConversations();
    const { id } = await tests.create(server.api, { assistantUuid: 'uuid', variables: undefined }, options);
    const made = { id, conversation: undefined };
    assert.equal(tests.isWritable(server.api, made), true);
    assert.equal(tests.isWritable({ ...server.api, baseUrl: 'https://other.example/api' }, made), false);
    await tests.send(server.api, made, 'Hi', options);
    assert.equal(server.asked.at(-1), 'send new Hi');
  });

  it('refuses what the platform would not take before it is sent', async () => {
    const server = new ScriptedServer();
    const tests = new TestConversations();
    for (const blank of ['', ' \n\t'])
      assert.equal(await refusalOf(tests.send(server.api, target('test'), blank, options)), 'blank');
    assert.equal(await refusalOf(tests.send(server.api, target('test'), 'x'.repeat(2001), options)), 'tooLong');
    assert.deepEqual(server.asked, []);
    await tests.send(server.api, target('test'), '🙂'.repeat(2000), options);
    assert.equal(server.asked.length, 1);
  });

  it('sends one message at a time to a conversation, and tells of it', async () => {
    const server = new ScriptedServer({}, { error: failure() });
    const tests = new TestConversations();
    const told: boolean[] = [];
    tests.onDidChange(() => told.push(tests.isSending(server.api, 'old')));
    const first = tests.send(server.api, target('test'), 'One', options);
    assert.equal(await refusalOf(tests.send(server.api, target('test'), 'Two', options)), 'busy');
    await first;
    await assert.rejects(tests.send(server.api, target('test'), 'Three', options), { kind: 'timeout' });
    assert.deepEqual(told, [true, false, true, false]);
    assert.deepEqual(server.asked, ['send old One', 'send old Three']);
  });
});
