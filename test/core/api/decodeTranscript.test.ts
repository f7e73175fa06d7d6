import assert from 'node:assert/strict';
import { decodeTranscript } from '../../../src/core/api/decodeTranscript';
import type { JsonValue } from '../../../src/core/model/json';

function turnsOf(...history: readonly JsonValue[]): unknown {
  return decodeTranscript({ status: true, history })?.turns;
}

function decodeCalls(calls: JsonValue): { calls: unknown; rejected: number | undefined } {
  const transcript = decodeTranscript({ history: [{ role: 'assistant', content: '', function_calls: calls }] });
  return { calls: transcript?.turns[0]?.functionCalls, rejected: transcript?.rejected };
}

describe('decodeTranscript', () => {
  it('decodes all documented fields', () => {
    const body = {
      status: true,
      history: [
        { role: 'assistant', content: 'Good morning.' },
        {
          role: 'assistant',
          content: 'She has 09:20.',
          function_calls: [{ name: 'find_slots', arguments: { doctor: 'okoro' }, result: { slots: ['09:20'] } }],
        },
      ],
      variables: { patient_name: 'Ines' },
      external_identifier: 'crm-7',
      whatsapp_sender: { name: 'Desk', phone: '+49' },
      customer: { name: null, phone: '+49171' },
    };
    assert.deepEqual(decodeTranscript(body), {
      turns: [
        { role: 'assistant', content: 'Good morning.', functionCalls: [] },
        {
          role: 'assistant',
          content: 'She has 09:20.',
          functionCalls: [{ name: 'find_slots', arguments: { doctor: 'okoro' }, result: { slots: ['09:20'] } }],
        },
      ],
      rejected: 0,
      variables: { patient_name: 'Ines' },
      externalIdentifier: 'crm-7',
      whatsappSender: { name: 'Desk', phone: '+49' },
      customer: { name: undefined, phone: '+49171' },
      raw: body,
    });
  });

  it('decodes an empty history in every form', () => {
    for (const history of [[], {}, null]) assert.deepEqual(decodeTranscript({ history })?.turns, []);
  });

  it('accepts any role and any content', () => {
    assert.deepEqual(
      turnsOf(
        { role: 'system', content: null },
        { role: null, content: 7 },
        { content: [{ type: 'text', text: 'hi' }] },
        { role: 'user', content: { a: 1 } },
        { role: 'user' },
        { role: 'user', content: 'مرحبا\r\n👋 <script>' },
      ),
      [
        { role: 'system', content: '', functionCalls: [] },
        { role: '', content: '7', functionCalls: [] },
        { role: '', content: '[{"type":"text","text":"hi"}]', functionCalls: [] },
        { role: 'user', content: '{"a":1}', functionCalls: [] },
        { role: 'user', content: '', functionCalls: [] },
        { role: 'user', content: 'مرحبا\r\n👋 <script>', functionCalls: [] },
      ],
    );
  });

  it('decodes an empty list of tool calls in every form', () => {
    for (const none of [null, [], {}]) assert.deepEqual(decodeCalls(none), { calls: [], rejected: 0 });
  });

  it('keeps arguments and results as sent', () => {
    const values: readonly JsonValue[] = [[], {}, '{"json": "text"}', 'plain', [1, 2], null, 0, false];
    for (const value of values) {
      assert.deepEqual(decodeCalls([{ name: 'f', arguments: value, result: value }]).calls, [
        { name: 'f', arguments: value, result: value },
      ]);
    }
    assert.deepEqual(decodeCalls([{ name: 'f' }]).calls, [{ name: 'f', arguments: undefined, result: undefined }]);
  });

  it("counts turns and tool calls that it can't decode", () => {
    assert.deepEqual(decodeCalls([null, 'f', { arguments: {} }, { name: 'g', arguments: 1, result: 2 }]), {
      calls: [{ name: 'g', arguments: 1, result: 2 }],
      rejected: 3,
    });
    assert.equal(decodeCalls('nonsense').rejected, 1);
    const transcript = decodeTranscript({ history: [null, 'text', {}, [], { role: 'user', content: 'x' }] });
    assert.equal(transcript?.rejected, 4);
    assert.equal(transcript?.turns.length, 1);
  });

  it('decodes variables in every form', () => {
    assert.deepEqual(decodeTranscript({ history: [], variables: [] })?.variables, {});
    assert.equal(decodeTranscript({ history: [], variables: null })?.variables, undefined);
    assert.equal(decodeTranscript({ history: [], variables: 'x' })?.variables, undefined);
  });

  const invalidBodies: readonly JsonValue[] = [null, [], 'x', {}, { history: 'x' }, { history: { role: 'user' } }];
  for (const body of invalidBodies) {
    it(`finds no history in ${JSON.stringify(body)}`, () => assert.equal(decodeTranscript(body), undefined));
  }
});
