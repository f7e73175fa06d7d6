import assert from 'node:assert/strict';
import { findCopyText, type CopyTarget } from '../../../src/core/view/details';
import type { KnownConversation } from '../../../src/core/view/facts';
import { clinic, conversation } from '../../media/conversations';

const row = conversation({
  totalCost: '0.00450000',
  externalIdentifier: 'crm-7',
  customer: { name: 'Ines M.', phone: '+49171' },
  whatsappSender: { name: undefined, phone: '+49172' },
  variables: { plan: 'gold', address: { city: 'Berlin' } },
});
const known: KnownConversation = { id: row.id, row, transcript: clinic };

describe('findCopyText', () => {
  const cases: readonly (readonly [string, CopyTarget, string | undefined])[] = [
    ['the full ID', { kind: 'id' }, row.id],
    ['the cost with the digits sent', { kind: 'fact', key: 'cost' }, '0.00450000'],
    ['a time as sent', { kind: 'fact', key: 'created' }, '2026-11-23 09:14:03'],
    ['the time of the last change', { kind: 'fact', key: 'updated' }, '2026-11-23 09:16:40'],
    ['the number of messages', { kind: 'fact', key: 'messages' }, String(row.messageCount)],
    ['the AI status', { kind: 'fact', key: 'ai' }, String(row.aiEnabled)],
    ['the external identifier', { kind: 'fact', key: 'externalIdentifier' }, 'crm-7'],
    ['a customer', { kind: 'fact', key: 'customer' }, 'Ines M. · +49171'],
    ['a sender with only a number', { kind: 'fact', key: 'sender' }, '+49172'],
    ['a text variable as text', { kind: 'variable', name: 'plan' }, 'gold'],
    ['another variable as JSON', { kind: 'variable', name: 'address' }, '{\n  "city": "Berlin"\n}'],
    ['undefined for an inherited property', { kind: 'variable', name: '__proto__' }, undefined],
    ['a message as written', { kind: 'message', turn: 3 }, '11:40 please.'],
    ['undefined for a missing turn', { kind: 'message', turn: 99 }, undefined],
    ['arguments', { kind: 'call', turn: 4, call: 0, part: 'arguments' }, '{\n  "slot": "11:40",\n  "note": null\n}'],
    [
      'a result that was sent as text',
      { kind: 'call', turn: 2, call: 1, part: 'result' },
      clinic.turns[2]?.functionCalls[1]?.result as string,
    ],
    ['undefined for a missing tool call', { kind: 'call', turn: 4, call: 1, part: 'result' }, undefined],
    ['undefined for a tool call of a missing turn', { kind: 'call', turn: 99, call: 0, part: 'result' }, undefined],
  ];
  for (const [name, target, expected] of cases) {
    it(`returns ${name}`, () => assert.equal(findCopyText(known, target), expected));
  }

  it('returns undefined for anything unknown', () => {
    const idOnly: KnownConversation = { id: row.id, row: undefined, transcript: undefined };
    const targets: readonly CopyTarget[] = [
      { kind: 'fact', key: 'created' },
      { kind: 'variable', name: 'plan' },
      { kind: 'message', turn: 0 },
      { kind: 'call', turn: 0, call: 0, part: 'whole' },
    ];
    for (const target of targets) assert.equal(findCopyText(idOnly, target), undefined);
  });

  it('returns a complete tool call', () => {
    const text = findCopyText(known, { kind: 'call', turn: 4, call: 0, part: 'whole' }) ?? '';
    assert.deepEqual(JSON.parse(text), {
      name: 'book_slot',
      arguments: { slot: '11:40', note: null },
      result: { success: false, error: 'The slot 11:40 was taken a minute ago.' },
    });
  });
});
