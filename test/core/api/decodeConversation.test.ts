import assert from 'node:assert/strict';
import { unknownConversation } from '../../../src/core/model/conversation';
import type { JsonObject, JsonValue } from '../../../src/core/model/json';
import { decodeConversation, toRecord } from '../../../src/core/api/decodeConversation';

const row = {
  id: '2f0c6d1e-93b4-4b52-8c1d-6a7e0f4412aa',
  assistant_id: 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c2210',
  assistant_name: 'Clinic Desk',
  type: 'whatsapp',
  variables: { patient_name: 'Ines', nested: { list: [1, null] } },
  message_count: 4,
  total_cost: 0.0128,
  ai_enabled: false,
  created_at: '2026-11-19 17:02:55',
  updated_at: '2026-11-19 17:09:31',
  external_identifier: 'crm-7',
  whatsapp_sender: { name: 'Clinic Desk', phone: '+4930111222' },
  customer: { name: null, phone: '+49171000111' },
} satisfies JsonObject;

function decodeWith(change: JsonObject): NonNullable<ReturnType<typeof decodeConversation>> {
  const conversation = decodeConversation({ ...row, ...change });
  assert.ok(conversation);
  return conversation;
}

describe('decodeConversation', () => {
  it('decodes every documented field', () => {
    assert.deepEqual(decodeConversation(row), {
      ...unknownConversation,
      id: row.id,
      assistantId: row.assistant_id,
      assistantName: 'Clinic Desk',
      type: 'whatsapp',
      messageCount: 4,
      totalCost: 0.0128,
      aiEnabled: false,
      createdAt: '2026-11-19 17:02:55',
      updatedAt: '2026-11-19 17:09:31',
      variables: row.variables,
      externalIdentifier: 'crm-7',
      whatsappSender: { name: 'Clinic Desk', phone: '+4930111222' },
      customer: { name: undefined, phone: '+49171000111' },
      fields: Object.keys(row),
    });
  });

  it('decodes a row that has only an ID', () => {
    assert.deepEqual(decodeConversation({ id: 'x' }), { ...unknownConversation, id: 'x', fields: ['id'] });
  });

  const invalidRows: readonly JsonValue[] = [
    null,
    7,
    'row',
    [],
    [row],
    {},
    { id: null },
    { id: '' },
    { id: '  ' },
    { id: {} },
    { id: 1.5 },
    { id: 1e300 },
    { id: true },
  ];
  for (const value of invalidRows) {
    it(`rejects ${JSON.stringify(value).slice(0, 40)}`, () => {
      assert.equal(decodeConversation(value), undefined);
    });
  }

  it("accepts IDs that aren't UUIDs, and numbers", () => {
    assert.equal(decodeWith({ id: '8d0f7780-8536-51ef-055c-f18fd2g01bf8' }).id, '8d0f7780-8536-51ef-055c-f18fd2g01bf8');
    assert.equal(decodeWith({ id: 8812 }).id, '8812');
    assert.equal(decodeWith({ id: '../../user/me' }).id, '../../user/me');
  });

  it('keeps the cost as sent, with all digits', () => {
    for (const cost of [0, 0.0045, -1, '0.00450000', '12', '1e-7'])
      assert.equal(decodeWith({ total_cost: cost }).totalCost, cost);
  });

  it('decodes the AI status in every form', () => {
    for (const on of [true, 1, '1', 'true']) assert.equal(decodeWith({ ai_enabled: on }).aiEnabled, true);
    for (const off of [false, 0, '0', 'false']) assert.equal(decodeWith({ ai_enabled: off }).aiEnabled, false);
    assert.equal(decodeWith({ ai_enabled: null }).aiEnabled, undefined);
  });

  it('decodes [] as an object without fields and null as undefined', () => {
    assert.deepEqual(decodeWith({ variables: [] }).variables, {});
    assert.deepEqual(decodeWith({ variables: {} }).variables, {});
    assert.equal(decodeWith({ variables: null }).variables, undefined);
    for (const emptyParty of [[], {}, null, { name: null }, { name: null, phone: null }]) {
      const conversation = decodeWith({ customer: emptyParty, whatsapp_sender: emptyParty });
      assert.deepEqual([conversation.customer, conversation.whatsappSender], [undefined, undefined]);
      assert.deepEqual(toRecord(conversation), { ...row, customer: emptyParty, whatsapp_sender: emptyParty });
    }
    assert.deepEqual(decodeWith({ customer: { name: 'Ines' } }).customer, { name: 'Ines', phone: undefined });
    assert.equal(decodeWith({ assistant_name: null }).assistantName, undefined);
    assert.equal(decodeWith({ assistant_name: null }).extra, undefined);
  });

  it('accepts an unknown type and a count in quotes', () => {
    assert.equal(decodeWith({ type: 'telepathy' }).type, 'telepathy');
    assert.equal(decodeWith({ message_count: '12' }).messageCount, 12);
  });

  it('keeps unknown fields, even if they are named like members of Object.prototype', () => {
    const extra = { rating: 5, constructor: 'c', toString: 't', tags: ['a', { b: null }] };
    assert.deepEqual(decodeWith(extra).extra, extra);
    const hostile = JSON.parse('{"id":"x","__proto__":{"polluted":true}}') as JsonObject;
    const conversation = decodeConversation(hostile);
    assert.equal(Object.getPrototypeOf(conversation?.extra), Object.prototype);
    assert.equal(JSON.stringify(conversation?.extra), '{"__proto__":{"polluted":true}}');
    assert.equal('polluted' in {}, false);
  });

  const malformed: readonly [field: string, sent: JsonValue, decodedAs: string][] = [
    ['message_count', 'many', 'messageCount'],
    ['message_count', -1, 'messageCount'],
    ['message_count', 1.5, 'messageCount'],
    ['total_cost', 'free', 'totalCost'],
    ['total_cost', { amount: 1 }, 'totalCost'],
    ['ai_enabled', 'perhaps', 'aiEnabled'],
    ['variables', ['a'], 'variables'],
    ['variables', 'text', 'variables'],
    ['assistant_name', { en: 'Desk' }, 'assistantName'],
    ['customer', 'Ines', 'customer'],
  ];
  for (const [field, sent, name] of malformed) {
    it(`keeps the malformed ${field} ${JSON.stringify(sent)} in extra`, () => {
      const conversation = decodeWith({ [field]: sent });
      assert.equal(conversation[name as keyof typeof conversation], undefined);
      assert.deepEqual(conversation.extra, { [field]: sent });
    });
  }

  it('keeps other fields of a customer in extra', () => {
    const customer = { name: 'Ines', phone: '+49', city: 'Bonn' };
    assert.deepEqual(decodeWith({ customer }).customer, { name: 'Ines', phone: '+49' });
    assert.deepEqual(decodeWith({ customer }).extra, { customer });
    const translated = { name: { en: 'Ines' }, phone: '+49' };
    assert.deepEqual(decodeWith({ customer: translated }).customer, { name: undefined, phone: '+49' });
    assert.deepEqual(decodeWith({ customer: translated }).extra, { customer: translated });
  });
});

describe('toRecord', () => {
  const rows: readonly JsonObject[] = [
    row,
    { ...row, customer: { name: 'Ines', phone: '+49', city: 'Bonn' } },
    { ...row, variables: {}, message_count: 'many', total_cost: '0.00450000', rating: null, nested: { deep: [{}] } },
    { ...row, assistant_name: null, message_count: null, total_cost: null, ai_enabled: null },
    { ...row, type: 'telepathy', customer: 'Ines', __v: 1 },
  ];
  rows.forEach((sent, index) => {
    it(`returns row ${index + 1} as it was sent`, () => {
      const conversation = decodeConversation(sent);
      assert.ok(conversation);
      assert.deepEqual(toRecord(conversation), sent);
    });
  });

  it("adds no field that the row doesn't have", () => {
    const conversation = decodeConversation({
      id: 'x',
      type: 'test',
      created_at: 'c',
      updated_at: 'u',
      assistant_id: 'a',
    });
    assert.ok(conversation);
    assert.deepEqual(toRecord(conversation), {
      id: 'x',
      type: 'test',
      created_at: 'c',
      updated_at: 'u',
      assistant_id: 'a',
    });
  });
});
