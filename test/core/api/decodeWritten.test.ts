import assert from 'node:assert/strict';
import { decodeReply, decodeCreated } from '../../../src/core/api/decodeTranscript';

describe('decodeCreated', () => {
  it('decodes the ID and the turns of the new conversation', () => {
    const opening = { role: 'assistant', content: 'Hello Ines.' };
    assert.deepEqual(decodeCreated({ status: true, conversation_id: 'a', history: [opening] }), {
      id: 'a',
      turns: [{ ...opening, functionCalls: [] }],
    });
  });

  it('accepts a missing history', () => {
    for (const history of [[], null, 'none', {}]) {
      assert.deepEqual(decodeCreated({ conversation_id: 'a', history }), { id: 'a', turns: [] });
    }
    assert.deepEqual(decodeCreated({ conversation_id: 7 }), { id: '7', turns: [] });
  });

  it('returns undefined without an ID', () => {
    for (const body of [
      null,
      [],
      {},
      { conversation_id: null },
      { conversation_id: ' ' },
      { status: false, error: 'x' },
    ]) {
      assert.equal(decodeCreated(body), undefined);
    }
  });
});

describe('decodeReply', () => {
  const call = { name: 'book', arguments: { slot: 1 }, result: 'ok' };

  it('decodes the reply with its tool calls', () => {
    assert.deepEqual(decodeReply({ status: true, message: 'Booked.', function_calls: [call] }), {
      reply: { role: 'assistant', content: 'Booked.', functionCalls: [call] },
    });
  });

  it('decodes no tool calls if there is no list of them', () => {
    for (const calls of [undefined, null, [], {}, 'book', ['book']]) {
      const body = { status: true, message: 'Hi.', ...(calls === undefined ? {} : { function_calls: calls }) };
      assert.deepEqual(decodeReply(body)?.reply?.functionCalls, []);
    }
  });

  it('decodes no reply if the AI is off', () => {
    for (const body of [{ status: true }, { status: true, message: null }, { message: null, function_calls: [] }]) {
      assert.deepEqual(decodeReply(body), { reply: undefined });
    }
  });

  it('keeps tool calls of a reply without text', () => {
    assert.equal(decodeReply({ status: true, message: null, function_calls: [call] })?.reply?.content, '');
  });

  it('returns undefined for any other body', () => {
    for (const body of [null, [], 'x', {}, { data: 1 }, { status: false, error: 'x' }])
      assert.equal(decodeReply(body), undefined);
  });
});
