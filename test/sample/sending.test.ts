import assert from 'node:assert/strict';
import { sampleAssistants } from '../../src/sample/assistants';
import { sendRequest, createBackend, parseBody, detail, list, type Turn } from './requests';

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

describe('Sample conversations with messages', () => {
  it('start with the opening message, filled with variables, and are listed first', () => {
    const backend = createBackend();
    const body = { assistant_id: clinic, type: 'test', variables: { patient_name: 'Ines' } };
    const created = parseBody<Created>(sendRequest(backend, '/conversations', { body }));
    assert.deepEqual(created.history, [{ role: 'assistant', content: 'Clinic Desk, hello Ines. How can I help?' }]);
    const [row] = list(backend).data;
    assert.deepEqual(
      [row?.id, row?.type, row?.message_count, row?.variables, row?.created_at],
      [created.conversation_id, 'test', 1, { patient_name: 'Ines' }, '2026-11-23 15:30:00'],
    );
  });

  it('are charged widget conversations by default, and empty without an opening message', () => {
    const backend = createBackend();
    const silent = sampleAssistants.find(({ initialMessage }) => initialMessage === null)?.uuid;
    const { conversation_id: id, history } = parseBody<Created>(
      sendRequest(backend, '/conversations', { body: { assistant_id: silent } }),
    );
    assert.deepEqual(history, []);
    sendRequest(backend, `/conversations/${id}/messages`, { body: { message: 'one' } });
    sendRequest(backend, `/conversations/${id}/messages`, { body: { message: 'two' } });
    const [row] = list(backend).data;
    assert.deepEqual([row?.type, row?.total_cost, row?.message_count], ['widget', 0.02, 4]);
  });

  it('receive replies in character, with tool calls in the transcript', () => {
    const backend = createBackend();
    const { conversation_id: id } = parseBody<Created>(
      sendRequest(backend, '/conversations', { body: { assistant_id: clinic, type: 'test' } }),
    );
    const send = (message: string): Answered =>
      parseBody(sendRequest(backend, `/conversations/${id}/messages`, { body: { message } }));
    const reply = send('  When is a slot free? ');
    assert.equal(reply.function_calls[0]?.name, 'find_slots');
    assert.match(reply.message ?? '', /^Dr \w+ has openings at \d\d:\d\d and \d\d:\d\d on \w+day/);
    assert.deepEqual(send('hm').function_calls, []);
    const { history } = detail(backend, id);
    assert.deepEqual(
      history.map(({ role }) => role),
      ['assistant', 'user', 'assistant', 'user', 'assistant'],
    );
    assert.equal(history[1]?.content, 'When is a slot free?');
    assert.deepEqual(history[2]?.function_calls, reply.function_calls);
    assert.ok(!('function_calls' in (history[4] ?? {})));
  });

  it('store messages without a reply if the AI is off', () => {
    const backend = createBackend();
    const id = backend.fixtureId('aiOff');
    const answer = parseBody<Answered>(
      sendRequest(backend, `/conversations/${id}/messages`, { body: { message: 'Is anyone there?' } }),
    );
    assert.deepEqual([answer.message, answer.function_calls], [null, []]);
    assert.equal(detail(backend, id).history.at(-1)?.content, 'Is anyone there?');
  });

  it('can take 45 seconds or fail in a tool', () => {
    const backend = createBackend();
    const send = (name: 'slowAnswer' | 'toolTimeout') =>
      sendRequest(backend, `/conversations/${backend.fixtureId(name)}/messages`, { body: { message: 'hello' } });
    assert.equal(send('slowAnswer').delayMs, 45_000);
    backend.configure({ slowAnswerMs: 5 });
    assert.equal(send('slowAnswer').delayMs, 5);
    const failed = send('toolTimeout');
    assert.deepEqual(
      [failed.status, parseBody(failed)],
      [400, { status: false, error: 'Failed to process message: tool timeout' }],
    );
    assert.equal(detail(backend, backend.fixtureId('toolTimeout')).history.length, 3);
  });

  it('reject invalid messages', () => {
    const backend = createBackend();
    const id = list(backend).data[0]?.id ?? '';
    const rejectionMessage = (path: string, body: unknown): string => {
      const response = sendRequest(backend, path, { body });
      assert.equal(response.status, 422, response.body);
      return parseBody<{ message: string }>(response).message;
    };
    const messages = `/conversations/${id}/messages`;
    for (const body of [{}, { message: ' \n ' }, { message: null }, '{broken', '"text"']) {
      assert.equal(rejectionMessage(messages, body), 'The message field is required.');
    }
    assert.equal(rejectionMessage(messages, { message: 7 }), 'The message field must be a string.');
    assert.equal(
      rejectionMessage(messages, { message: '👍'.repeat(2001) }),
      'The message field must not be greater than 2000 characters.',
    );
    assert.equal(sendRequest(backend, messages, { body: { message: '👍'.repeat(2000) } }).status, 200);
    assert.match(
      rejectionMessage('/conversations', { type: 'api', variables: 'x' }),
      /required\. \(and 2 more errors\)$/,
    );
  });

  it('fail if they are missing or the balance is too low', () => {
    const backend = createBackend();
    const missing = sendRequest(backend, '/conversations/nothing/messages', { body: { message: 'hi' } });
    assert.deepEqual([missing.status, parseBody(missing)], [404, { status: false, error: 'Conversation not found' }]);
    const unknown = sendRequest(backend, '/conversations', { body: { assistant_id: 'no', type: 'test' } });
    assert.deepEqual([unknown.status, parseBody(unknown)], [404, { status: false, error: 'Assistant not found' }]);
    backend.configure({ insufficientBalance: true });
    assert.equal(sendRequest(backend, '/conversations', { body: { assistant_id: clinic, type: 'test' } }).status, 400);
    const id = list(backend).data[0]?.id ?? '';
    assert.equal(sendRequest(backend, `/conversations/${id}/messages`, { body: { message: 'hi' } }).status, 400);
  });
});
