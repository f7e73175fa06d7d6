import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/model/conversation';
import { findTitle, shortId, breakLinks, toRowLabel, toVisibleLine } from '../../../src/core/text/title';
import { row } from '../view/filterRows';

const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const withName = (name: string): Partial<Conversation> => ({ customer: { name, phone: undefined } });

describe('A label', () => {
  const labels: readonly [name: string, fields: Partial<Conversation>, kind: string, text: string][] = [
    [
      'the customer’s name',
      { customer: { name: 'Ines M.', phone: '+49' }, externalIdentifier: 'x' },
      'customer',
      'Ines M.',
    ],
    ['the customer’s phone', { customer: { name: undefined, phone: '+49171' } }, 'customer', '+49171'],
    [
      'the external identifier',
      { externalIdentifier: 'CRM-7', variables: { name: 'A' } },
      'externalIdentifier',
      'CRM-7',
    ],
    ['a variable with a known name', { variables: { plan: 'basic', patient_name: 'Ines' } }, 'variable', 'Ines'],
    ['a variable with a subject', { variables: { plan: 'basic', topic: 'Refund' } }, 'variable', 'Refund'],
    ['a name before a subject', { variables: { topic: 'Refund', name: 'Ines' } }, 'variable', 'Ines'],
    ['a variable named in another style', { variables: { 'First Name': 'Ines' } }, 'variable', 'Ines'],
    ['the short ID', { variables: { business_name: 'Clinic', name: 7 } }, 'id', '7c9e6679'],
    [
      'the short ID if the name is blank',
      { customer: { name: ' \t', phone: ' ' }, externalIdentifier: '' },
      'id',
      '7c9e6679',
    ],
    ['the short ID if the name is invisible', withName('\u200b\u2060\u200d'), 'id', '7c9e6679'],
    ['a single line', withName('Ines\r\n\u2028M.'), 'customer', 'Ines M.'],
    ['the name without direction overrides', withName('\u202eseni\u202c'), 'customer', 'seni'],
    [
      'the identifier if the name has only blank letters',
      { ...withName('\u3164\u115f\u2800\uffa0'), externalIdentifier: 'x' },
      'externalIdentifier',
      'x',
    ],
    ['an emoji sequence', withName('👩\u200d💻'), 'customer', '👩\u200d💻'],
    ['shortened if it is too long', withName('x'.repeat(61)), 'customer', `${'x'.repeat(59)}…`],
    ['trimmed', withName('  Ines\t'), 'customer', 'Ines'],
    ['complete if it fits exactly', withName('x'.repeat(60)), 'customer', 'x'.repeat(60)],
    ['shortened without splitting a character', withName(`${'x'.repeat(58)}🎉🎉`), 'customer', `${'x'.repeat(58)}…`],
    ['a question mark for a blank ID', { id: ' ' }, 'id', '?'],
  ];
  for (const [name, fields, kind, text] of labels) {
    it(`is ${name}`, () => assert.deepEqual(findTitle(row({ id, ...fields })), { kind, text }));
  }
});

describe('A label of a conversation with a known transcript', () => {
  const title = (fields: Partial<Conversation>, opening: string): string =>
    findTitle(row({ id, ...fields }), opening).text;

  it('is the first user message if the row has no name and no subject', () => {
    assert.deepEqual(findTitle(row({ id }), 'Is Dr Okoro free?\nOn Monday'), {
      kind: 'message',
      text: 'Is Dr Okoro free? On Monday',
    });
    assert.equal(title(withName('Ines'), 'Hi'), 'Ines');
    assert.equal(title({ variables: { subject: 'Refund' } }, 'Hi'), 'Refund');
    assert.equal(title({}, 'x'.repeat(61)), `${'x'.repeat(59)}…`);
  });

  it('is shorter in a row, which also shows age, messages, and cost', () => {
    const message = findTitle(row({ id }), 'Is Dr Okoro free on Monday?');
    assert.equal(toRowLabel(message), 'Is Dr Okoro free on…');
    assert.equal(toRowLabel(findTitle(row({ id }), 'Is Dr Okoro free?')), 'Is Dr Okoro free?');
    const name = 'Ines Moreau with a long name';
    assert.equal(toRowLabel(findTitle(row({ id, ...withName(name) }))), name);
  });

  it('is the short ID if the message is invisible', () => assert.equal(title({}, '\u200b\u2060'), '7c9e6679'));
});

describe('toVisibleLine', () => {
  it('returns one line without control characters', () =>
    assert.equal(toVisibleLine('a\u0000\u001b[31mb\u0085c\u2029d'), 'a [31mb c d'));

  it('keeps joiners between letters', () => assert.equal(toVisibleLine('می\u200cخواهم'), 'می\u200cخواهم'));

  it('removes invisible characters', () => {
    assert.equal(
      toVisibleLine('I\u200bn\u2060e\ufeffs\u00ad \u206a\u206fM\u{e0049}\u{e007f}.\u{e0101}\u3164'),
      'Ines M.',
    );
    assert.equal(toVisibleLine('a\u200b\u0000\u202e\u0007b\ufe0f'), 'a b');
  });

  it('keeps emoji sequences', () => {
    for (const emoji of [
      '❤\ufe0f',
      '👩\u200d❤\ufe0f\u200d👨',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ])
      assert.equal(toVisibleLine(emoji), emoji);
  });
});

describe('breakLinks', () => {
  it('keeps the text but breaks links', () =>
    assert.equal(breakLinks('[a](command:b) [c] (d)'), '[a] (command:b) [c] (d)'));
});

describe('shortId', () => {
  it('returns the first eight characters without splitting one', () => {
    assert.equal(shortId(id), '7c9e6679');
    assert.equal(shortId('abc'), 'abc');
    assert.equal(shortId('1234567🎉'), '1234567');
    assert.equal(shortId('🎉1234567'), '🎉123456');
  });
});
