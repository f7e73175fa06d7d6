import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { copyTextOf, type CopyTarget } from '../../../src/core/view/details';
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

describe('what is copied from the panel', () => {
  const cases: readonly (readonly [string, CopyTarget, string | undefined])[] = [
    ['the whole id', { kind: 'id' }, row.id],
    ['the cost in the digits sent', { kind: 'fact', key: 'cost' }, '0.00450000'],
    ['a time as sent', { kind: 'fact', key: 'created' }, '2026-11-23 09:14:03'],
    ['when it was last changed', { kind: 'fact', key: 'updated' }, '2026-11-23 09:16:40'],
    ['how many messages', { kind: 'fact', key: 'messages' }, String(row.messageCount)],
    ['whether the AI answers', { kind: 'fact', key: 'ai' }, String(row.aiEnabled)],
    ['the external identifier', { kind: 'fact', key: 'externalIdentifier' }, 'crm-7'],
    ['a customer', { kind: 'fact', key: 'customer' }, 'Ines M. · +49171'],
    ['a sender of whom the number alone is known', { kind: 'fact', key: 'sender' }, '+49172'],
    ['text as text', { kind: 'variable', name: 'plan' }, 'gold'],
    ['anything else as JSON', { kind: 'variable', name: 'address' }, '{\n  "city": "Berlin"\n}'],
    ['no variable of every object', { kind: 'variable', name: '__proto__' }, undefined],
    ['a message as written', { kind: 'message', turn: 3 }, '11:40 please.'],
    ['a turn that is not there', { kind: 'message', turn: 99 }, undefined],
    ['arguments', { kind: 'call', turn: 4, call: 0, part: 'arguments' }, '{\n  "slot": "11:40",\n  "note": null\n}'],
    [
      'a result that was sent as text',
      { kind: 'call', turn: 2, call: 1, part: 'result' },
      clinic.turns[2]?.functionCalls[1]?.result as string,
    ],
    ['a call that is not there', { kind: 'call', turn: 4, call: 1, part: 'result' }, undefined],
    ['a call of a turn that is not there', { kind: 'call', turn: 99, call: 0, part: 'result' }, undefined],
  ];
  for (const [name, target, expected] of cases) {
    it(name, () => assert.equal(copyTextOf(known, target), expected));
  }

  it('nothing that is not known', () => {
    const idAlone: KnownConversation = { id: row.id, row: undefined, transcript: undefined };
    const targets: readonly CopyTarget[] = [
      { kind: 'fact', key: 'created' },
      { kind: 'variable', name: 'plan' },
      { kind: 'message', turn: 0 },
      { kind: 'call', turn: 0, call: 0, part: 'whole' },
    ];
    for (const target of targets) assert.equal(copyTextOf(idAlone, target), undefined);
  });

  it('a whole call', () => {
    const text = copyTextOf(known, { kind: 'call', turn: 4, call: 0, part: 'whole' }) ?? '';
    assert.deepEqual(JSON.parse(text), {
      name: 'book_slot',
      arguments: { slot: '11:40', note: null },
      result: { success: false, error: 'The slot 11:40 was taken a minute ago.' },
    });
  });
});
