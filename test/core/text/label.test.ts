import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/model/conversation';
import { labelOf, shortId, unlinked, visible } from '../../../src/core/text/label';
import { row } from '../view/filterRows';

const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const named = (name: string): Partial<Conversation> => ({ customer: { name, phone: undefined } });

describe('a label', () => {
  const labels: readonly [name: string, told: Partial<Conversation>, kind: string, text: string][] = [
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
    ['a telling variable', { variables: { plan: 'basic', patient_name: 'Ines' } }, 'variable', 'Ines'],
    ['a variable named in another style', { variables: { 'First Name': 'Ines' } }, 'variable', 'Ines'],
    ['the short id', { variables: { business_name: 'Clinic', name: 7 } }, 'id', '7c9e6679'],
    ['no blank name', { customer: { name: ' \t', phone: ' ' }, externalIdentifier: '' }, 'id', '7c9e6679'],
    ['no name without ink', named('\u200b\u2060\u200d'), 'id', '7c9e6679'],
    ['one line', named('Ines\r\n\u2028M.'), 'customer', 'Ines M.'],
    ['nothing that turns text around', named('\u202eseni\u202c'), 'customer', 'seni'],
    [
      'the identifier where a name is blank letters',
      { ...named('\u3164\u115f\u2800\uffa0'), externalIdentifier: 'x' },
      'externalIdentifier',
      'x',
    ],
    ['an emoji made of several', named('👩\u200d💻'), 'customer', '👩\u200d💻'],
    ['a short form of what is long', named('x'.repeat(61)), 'customer', `${'x'.repeat(59)}…`],
    ['no blanks around it', named('  Ines\t'), 'customer', 'Ines'],
    ['as much as fits', named('x'.repeat(60)), 'customer', 'x'.repeat(60)],
    ['no half character', named(`${'x'.repeat(58)}🎉🎉`), 'customer', `${'x'.repeat(58)}…`],
    ['something for an id of nothing', { id: ' ' }, 'id', '?'],
  ];
  for (const [name, told, kind, text] of labels) {
    it(`is ${name}`, () => assert.deepEqual(labelOf(row({ id, ...told })), { kind, text }));
  }
});

describe('text that a stranger wrote', () => {
  it('becomes one line without control characters', () =>
    assert.equal(visible('a\u0000\u001b[31mb\u0085c\u2029d'), 'a [31mb c d'));

  it('keeps what joins letters', () => assert.equal(visible('می\u200cخواهم'), 'می\u200cخواهم'));

  it('loses what nobody sees of it', () => {
    assert.equal(visible('I\u200bn\u2060e\ufeffs\u00ad \u206a\u206fM\u{e0049}\u{e007f}.\u{e0101}\u3164'), 'Ines M.');
    assert.equal(visible('a\u200b\u0000\u202e\u0007b\ufe0f'), 'a b');
  });

  it('keeps what emoji are made of', () => {
    for (const emoji of [
      '❤\ufe0f',
      '👩\u200d❤\ufe0f\u200d👨',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ])
      assert.equal(visible(emoji), emoji);
  });
});

describe('text in a notification', () => {
  it('reads as it was written, and is no link', () =>
    assert.equal(unlinked('[a](command:b) [c] (d)'), '[a] (command:b) [c] (d)'));
});

describe('a short id', () => {
  it('is the first eight characters, whole ones', () => {
    assert.equal(shortId(id), '7c9e6679');
    assert.equal(shortId('abc'), 'abc');
    assert.equal(shortId('1234567🎉'), '1234567');
    assert.equal(shortId('🎉1234567'), '🎉123456');
  });
});
