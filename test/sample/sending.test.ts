import assert from 'node:assert/strict';
import { sampleAssistants } from '../../src/sample/assistants';
import { ask, backendWith, bodyOf, detail, list, type Turn } from './ask';

const clinic = sampleAssistants[0]?.uuid;

interface Created {
  readonly status: boolean;
  readonly conversation_id: string;
  readonly history: readonly Turn[];
}

interface Answered {
  readonly message: string | null;
  readonly function_calls: NonNullable<Turn['function_calls']>;
}

describe('sample conversations that are held', () => {
  it('begin with the opening message, its variables filled in, and are listed first', () => {
    const backend = backendWith();
    const body = { assistant_id: clinic, type: 'test', variables: { patient_name: 'Ines' } };
    const created = bodyOf<Created>(ask(backend, '/conversations', { body }));
    assert.deepEqual(created.history, [{ role: 'assistant', content: 'Clinic Desk, hello Ines. How can I help?' }]);
    const [row] = list(backend).data;
    assert.deepEqual(
      [row?.id, row?.type, row?.message_count, row?.variables, row?.created_at],
      [created.conversation_id, 'test', 1, { patient_name: 'Ines' }, '2026-11-23 15:30:00'],
    );
  });

  it('are a charged widget unless told otherwise, and empty without an opening message', () => {
    const backend = backendWith();
    const silent = sampleAssistants.find(({ initialMessage }) => initialMessage === null)?.uuid;
    const { conversation_id: id, history } = bodyOf<Created>(
      ask(backend, '/conversations', { body: { assistant_id: silent } }),
    );
    assert.deepEqual(history, []);
    ask(backend, `/conversations/${id}/messages`, { body: { message: 'one' } });
    ask(backend, `/conversations/${id}/messages`, { body: { message: 'two' } });
    const [row] = list(backend).data;
    assert.deepEqual([row?.type, row?.total_cost, row?.message_count], ['widget', 0.02, 4]);
  });

  it('are answered in character, with calls that the history keeps', () => {
    const backend = backendWith();
    const { conversation_id: id } = bodyOf<Created>(
      ask(backend, '/conversations', { body: { assistant_id: clinic, type: 'test' } }),
    );
    const say = (message: string): Answered =>
      bodyOf(ask(backend, `/conversations/${id}/messages`, { body: { message } }));
    const offered = say('  When is a slot free? ');
    assert.equal(offered.function_calls[0]?.name, 'find_slots');
    assert.match(offered.message ?? '', /^Dr \w+ has \d\d:\d\d and \d\d:\d\d on \w+day/);
    assert.deepEqual(say('hm').function_calls, []);
    const { history } = detail(backend, id);
    assert.deepEqual(
      history.map(({ role }) => role),
      ['assistant', 'user', 'assistant', 'user', 'assistant'],
    );
    assert.equal(history[1]?.content, 'When is a slot free?');
    assert.deepEqual(history[2]?.function_calls, offered.function_calls);
    assert.ok(!('function_calls' in (history[4] ?? {})));
  });

  it('are stored but not answered where the AI is off', () => {
    const backend = backendWith();
    const id = backend.fixtureId('aiOff');
    const answer = bodyOf<Answered>(ask(backend, `/conversations/${id}/messages`, { body: { message: 'anybody?' } }));
    assert.deepEqual([answer.message, answer.function_calls], [null, []]);
    assert.equal(detail(backend, id).history.at(-1)?.content, 'anybody?');
  });

  it('can take 45 seconds or fail in a tool', () => {
    const backend = backendWith();
    const send = (name: 'slowAnswer' | 'toolTimeout') =>
      ask(backend, `/conversations/${backend.fixtureId(name)}/messages`, { body: { message: 'hello' } });
    assert.equal(send('slowAnswer').delayMs, 45_000);
    backend.configure({ slowAnswerMs: 5 });
    assert.equal(send('slowAnswer').delayMs, 5);
    const failed = send('toolTimeout');
    assert.deepEqual(
      [failed.status, bodyOf(failed)],
      [400, { status: false, error: 'Failed to process message: tool timeout' }],
    );
    assert.equal(detail(backend, backend.fixtureId('toolTimeout')).history.length, 3);
  });

  it('refuse what is invalid', () => {
    const backend = backendWith();
    const id = list(backend).data[0]?.id ?? '';
    const refusal = (path: string, body: unknown): string => {
      const response = ask(backend, path, { body });
      assert.equal(response.status, 422, response.body);
      return bodyOf<{ message: string }>(response).message;
    };
    const messages = `/conversations/${id}/messages`;
    for (const body of [{}, { message: ' \n ' }, { message: null }, '{broken', '"text"']) {
      assert.equal(refusal(messages, body), 'The message field is required.');
    }
    assert.equal(refusal(messages, { message: 7 }), 'The message field must be a string.');
    assert.equal(
      refusal(messages, { message: '👍'.repeat(2001) }),
      'The message field must not be greater than 2000 characters.',
    );
    assert.equal(ask(backend, messages, { body: { message: '👍'.repeat(2000) } }).status, 200);
    assert.match(refusal('/conversations', { type: 'api', variables: 'x' }), /required\. \(and 2 more errors\)$/);
  });

  it('are not found, or not paid for', () => {
    const backend = backendWith();
    const missing = ask(backend, '/conversations/nothing/messages', { body: { message: 'hi' } });
    assert.deepEqual([missing.status, bodyOf(missing)], [404, { status: false, error: 'Conversation not found' }]);
    const unknown = ask(backend, '/conversations', { body: { assistant_id: 'no', type: 'test' } });
    assert.deepEqual([unknown.status, bodyOf(unknown)], [404, { status: false, error: 'Assistant not found' }]);
    backend.configure({ insufficientBalance: true });
    assert.equal(ask(backend, '/conversations', { body: { assistant_id: clinic, type: 'test' } }).status, 400);
    const id = list(backend).data[0]?.id ?? '';
    assert.equal(ask(backend, `/conversations/${id}/messages`, { body: { message: 'hi' } }).status, 400);
  });
});
