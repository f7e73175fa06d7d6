import assert from 'node:assert/strict';
import type { Party } from '../../../src/core/model/conversation';
import { createHead, createTranscriptView } from '../../../src/core/view/details';
import type { Fact } from '../../../src/core/view/facts';
import { clinic, conversation, transcript } from '../../media/conversations';

describe('createHead', () => {
  const keys = (facts: readonly Fact[]): string[] => facts.map(({ key }) => key);

  it('contains only facts that the row has', () => {
    const row = conversation({ messageCount: undefined, totalCost: undefined, aiEnabled: undefined });
    const head = createHead({ id: row.id, row, transcript: undefined });
    assert.deepEqual(keys(head.facts), ['id', 'type', 'assistant', 'created', 'updated']);
    assert.equal(head.variables, undefined);
    assert.equal(head.label, '7c9e6679');
  });

  it('leaves out missing times', () => {
    const row = conversation({ createdAt: '', updatedAt: '' });
    assert.deepEqual(keys(createHead({ id: row.id, row, transcript: undefined }).facts), [
      'id',
      'type',
      'assistant',
      'messages',
      'cost',
      'ai',
    ]);
  });

  it('contains only the ID before anything is loaded', () => {
    const head = createHead({ id: '7c9e6679-7425', row: undefined, transcript: undefined });
    assert.equal(head.label, '7c9e6679');
    assert.deepEqual(keys(head.facts), ['id']);
    assert.equal(head.variables, undefined);
  });

  it('names the sender of the row or else of the transcript, by name or number', () => {
    const [named, numbered] = [
      { name: 'Ines', phone: undefined },
      { name: undefined, phone: '+49171' },
    ];
    const sender = (rowSender: Party | undefined, transcriptSender: Party | undefined): unknown => {
      const row = conversation({ whatsappSender: rowSender });
      return createHead({
        id: row.id,
        row,
        transcript: transcript([], { whatsappSender: transcriptSender }),
      }).facts.find(({ key }) => key === 'sender');
    };
    assert.deepEqual(sender(named, numbered), { key: 'sender', value: 'Ines' });
    assert.deepEqual(sender(undefined, numbered), { key: 'sender', value: '+49171' });
    assert.deepEqual(sender({ name: undefined, phone: undefined }, numbered), { key: 'sender', value: '+49171' });
    assert.equal(sender(undefined, undefined), undefined);
  });

  it('keeps the digits of the cost, even of zero', () => {
    const digits = (totalCost: number | string): unknown =>
      createHead({ id: 'x', row: conversation({ totalCost }), transcript: undefined }).facts.find(
        ({ key }) => key === 'cost',
      );
    assert.deepEqual(digits('0.00450000'), { key: 'cost', value: '0.00450000' });
    assert.deepEqual(digits(0), { key: 'cost', value: '0' });
    assert.deepEqual(digits(0.0000001), { key: 'cost', value: '0.0000001' });
  });

  it("uses the transcript's facts without a row and leaves out empty ones", () => {
    const loaded = transcript([], {
      variables: { patient_name: 'Ines' },
      customer: { name: undefined, phone: '+49171' },
      externalIdentifier: 'crm-1',
    });
    const head = createHead({ id: '7c9e6679-7425', row: undefined, transcript: loaded });
    assert.deepEqual(keys(head.facts), ['id', 'customer', 'externalIdentifier']);
    assert.deepEqual(head.variables, { patient_name: 'Ines' });
    assert.equal(head.label, '+49171');
  });

  it("uses the row's label even if the transcript has a name", () => {
    const loaded = transcript([], { variables: { patient_name: 'Ines' } });
    assert.equal(createHead({ id: 'x', row: conversation(), transcript: loaded }).label, '7c9e6679');
  });

  it("prefers the transcript's variables", () => {
    const row = conversation({ variables: { step: 1 } });
    const loaded = transcript([], { variables: { step: 2 } });
    assert.deepEqual(createHead({ id: row.id, row, transcript: loaded }).variables, { step: 2 });
    assert.deepEqual(createHead({ id: row.id, row, transcript: transcript([]) }).variables, { step: 1 });
  });

  it('leaves out empty parties and empty variables', () => {
    const unknownParty = { name: undefined, phone: undefined };
    const row = conversation({
      customer: unknownParty,
      whatsappSender: unknownParty,
      variables: {},
      externalIdentifier: '',
    });
    const head = createHead({ id: row.id, row, transcript: undefined });
    assert.deepEqual(keys(head.facts), ['id', 'type', 'assistant', 'messages', 'cost', 'ai', 'created', 'updated']);
    assert.equal(head.variables, undefined);
  });
});

describe('createTranscriptView', () => {
  it('contains every turn and tool call with a summary', () => {
    const view = createTranscriptView({ ...clinic, rejected: 2 });
    assert.equal(view.rejected, 2);
    assert.equal(view.turns.length, clinic.turns.length);
    const [find, profile] = view.turns[2]?.calls ?? [];
    assert.equal(find?.argumentsSummary, 'doctor: okoro, day: 2026-11-27, length: 30');
    assert.equal(find?.resultSummary, 'slots: [09:20, 11:40], timezone: Europe/Berlin');
    assert.equal(find?.failure, undefined);
    assert.equal(profile?.argumentsSummary, undefined);
    assert.deepEqual(view.turns[4]?.calls[0]?.failure, { reason: 'The slot 11:40 was taken a minute ago.' });
  });
});
