import assert from 'node:assert/strict';
import { decodeConversation } from '../../../src/core/api/decodeConversation';
import { decodeTranscript } from '../../../src/core/api/decodeTranscript';
import { maskConversation } from '../../../src/core/export/mask';
import type { ExportedConversation } from '../../../src/core/export/format';
import type { JsonObject } from '../../../src/core/model/json';
import { stringify } from '../../../src/core/util/exactJson';
import { parse } from '../../../src/core/util/parseJson';

const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

function createExported(variables: JsonObject, exportedId = id): ExportedConversation {
  const conversation = decodeConversation({
    id: 'x',
    type: 'test',
    assistant_id: 'a',
    created_at: '2026-11-23 10:00:00',
    variables,
  });
  return { id: exportedId, conversation, transcript: undefined, missed: undefined };
}

const variablesOf = ({ conversation }: ExportedConversation): unknown => conversation?.variables;
const maskPhones = (variables: JsonObject): unknown =>
  variablesOf(maskConversation(createExported(variables), ['phones']));

describe('Masked phone numbers', () => {
  it('can contain one another', () => {
    const variables = {
      phone: '1234567',
      mobile: '+49 30 1234567',
      said: 'Call +49 30 1234567, or 1234567, or +49301234567.',
    };
    assert.deepEqual(maskPhones(variables), { phone: '…67', mobile: '…67', said: 'Call …67, or …67, or …67.' });
  });

  it('are masked everywhere from six digits on, shorter ones only in their field', () => {
    assert.deepEqual(maskPhones({ phone: '123456', said: 'at 123456' }), { phone: '…56', said: 'at …56' });
    assert.deepEqual(maskPhones({ phone: 'ext. 12345', said: 'at 12345, ext. 12345' }), {
      phone: '…45',
      said: 'at 12345, ext. 12345',
    });
    assert.deepEqual(maskPhones({ phone: 'none yet', said: 'none yet' }), { phone: 'none yet', said: 'none yet' });
  });

  it('keep two digits, whatever characters are between and after them', () => {
    assert.deepEqual(maskPhones({ phone: '+49 30 12 34 5-6 (home)', said: 'at +49 30 12 34 5-6 (home)' }), {
      phone: '…56',
      said: 'at …56',
    });
  });

  it('can be numbers and elements of a list', () => {
    assert.deepEqual(
      maskPhones({
        phone: 491701234567,
        phones: ['+49 170 5550001', 4930111222],
        tel: 12345,
        mobile: 123456,
        order: 491701234567,
        ok: true,
        none: null,
      }),
      {
        phone: '…67',
        phones: ['…01', '…22'],
        tel: 12345,
        mobile: '…56',
        order: 491701234567,
        ok: true,
        none: null,
      },
    );
    assert.deepEqual(maskPhones({ phones: ['0170 5550001', 'none'], said: ['0170 5550001 or +01705550001'] }), {
      phones: ['…01', 'none'],
      said: ['…01 or …01'],
    });
  });

  it("can be numbers that JavaScript can't represent, and other such numbers stay unchanged", () => {
    const sent =
      '{"phone":90071992547409931234,"mobile":491701234567.0,"tel":4.93012345678e11,"order":9007199254740993,"cost":12.50';
    const texts = ',"said":"491701234567 or 493012345678, for 12.50"}';
    assert.equal(
      stringify(maskPhones(parse(sent + texts) as JsonObject)),
      '{"phone":"…34","mobile":"…67","tel":"…78","order":9007199254740993,"cost":12.50,"said":"…67 or …78, for 12.50"}',
    );
    const quoted = stringify({ body: sent + texts });
    assert.match(
      stringify(maskPhones(parse(quoted) as JsonObject)),
      /phone\\":\\"…34.*9007199254740993,\\"cost\\":12\.50/,
    );
  });

  it('can be duplicate fields', () => {
    const sent = '{"phone":"030 1234567","phone":"0171 7654321","id":1,"id":2}';
    const expected = '{"phone":"…67","phone":"…21","id":1,"id":2}';
    assert.equal(stringify(maskPhones(parse(sent) as JsonObject)), expected);
    assert.deepEqual(maskPhones({ body: sent }), { body: expected });
  });

  it('can be field names', () => {
    assert.deepEqual(maskPhones({ whatsapp_number: '+49 170 1234567', '+49 170 1234567': 'is mine' }), {
      whatsapp_number: '…67',
      '…67': 'is mine',
    });
  });

  it('exclude dates, amounts, and references', () => {
    const variables = { day: '2026-11-25', amount: '1.234.567', reference: '12345678', room: 'Suite 123456' };
    assert.deepEqual(maskPhones(variables), variables);
  });
});

describe('Masked IDs', () => {
  const maskId = (value: string): string =>
    maskConversation(createExported({ said: `It is ${value}.` }, value), ['ids']).id;

  it('keep eight characters or half of a short ID, and split no character', () => {
    assert.deepEqual([id, '12345678', 'abc', 'a'].map(maskId), ['7c9e6679…', '1234…', 'a…', '…']);
    assert.equal(maskId('a😀bc'), 'a…');
    assert.equal(maskId('😀😀😀😀'), '😀😀…');
  });

  it('are masked in text, unless they are empty', () => {
    assert.deepEqual(variablesOf(maskConversation(createExported({ said: `It is ${id}.` }), ['ids'])), {
      said: 'It is 7c9e6679….',
    });
    assert.deepEqual(variablesOf(maskConversation(createExported({ said: 'It is none.' }, ''), ['ids'])), {
      said: 'It is none.',
    });
    // Contains replacement patterns of String.replace.
    const idWithPatterns = '$&$&-secret-rest-of-it';
    assert.deepEqual(
      variablesOf(maskConversation(createExported({ said: `It is ${idWithPatterns}.` }, idWithPatterns), ['ids'])),
      {
        said: 'It is $&$&-sec….',
      },
    );
  });
});

describe('Masking phone numbers in an export', () => {
  const phones: readonly (readonly [name: string, variables: JsonObject, expected: JsonObject])[] = [
    [
      'fields named in several languages',
      {
        ...{
          telefon: '030 1234567',
          telefone: '11 98765-4321',
          telefono: '06 1234 5678',
          rufnummer: '0171 7654321',
          handy: '0171 7654322',
        },
        ...{ celular: '55 1234 5678', fax: '030 1234568', caller: '01717654323', phone: '030 7654321' },
      },
      {
        telefon: '…67',
        telefone: '…21',
        telefono: '…78',
        rufnummer: '…21',
        handy: '…22',
        celular: '…78',
        fax: '…68',
        caller: '…23',
        phone: '…21',
      },
    ],
    [
      'fields with accents, in camel, snake, and kebab case, and with other words',
      {
        ...{
          'Teléfono móvil': '612 345 678',
          customerPhone: '5551234567',
          'phone-number': '5551234568',
          Telefonnummer: '0301234569',
          numer_telefonu: '501 234 567',
        },
        ...{
          'numéro de téléphone': '06 12 34 56 78',
          PHONE_2: '5551234561',
          mobilnummer: '1717654321',
          Rückrufnummer: '0301234564',
          komórka: '501234565',
        },
        ...{
          телефон: '0888 123 456',
          мобильный: '89161234567',
          cepTelefonu: '5321234567',
          wa_id: '491701234561',
          callerId: '01717654322',
          cell_number: '5551234563',
        },
      },
      {
        ...{
          'Teléfono móvil': '…78',
          customerPhone: '…67',
          'phone-number': '…68',
          Telefonnummer: '…69',
          numer_telefonu: '…67',
        },
        ...{ 'numéro de téléphone': '…78', PHONE_2: '…61', mobilnummer: '…21', Rückrufnummer: '…64', komórka: '…65' },
        ...{ телефон: '…56', мобильный: '…67', cepTelefonu: '…67', wa_id: '…61', callerId: '…22', cell_number: '…63' },
      },
    ],
    [
      'phone numbers in objects',
      { phone: { number: '030 1234567', type: 'home 1', verified_at: '2026-11-25 10:00:00', id: 12345678 } },
      { phone: { number: '…67', type: 'home 1', verified_at: '2026-11-25 10:00:00', id: 12345678 } },
    ],
    [
      'phone numbers in parts',
      { contact: { country_code: '+49', national: '1717654321' } },
      { contact: { country_code: '+49', national: '…21' } },
    ],
    [
      'lists of phone numbers',
      { phones: [{ value: '030 1234567' }, '0171 7654321', [1717654321]] },
      { phones: [{ value: '…67' }, '…21', ['…21']] },
    ],
    [
      'values that another field calls a phone number',
      {
        contacts: [
          { type: 'mobile', value: '1717654321' },
          { type: 'order', value: '1717654329' },
        ],
      },
      {
        contacts: [
          { type: 'mobile', value: '…21' },
          { type: 'order', value: '1717654329' },
        ],
      },
    ],
    [
      'a field named number with a phone number',
      { numero: '11 98765-4321', order: { number: '0123456789' } },
      { numero: '…21', order: { number: '0123456789' } },
    ],
    ['numeric values', { mobile: 491717654321, handy: 1717654321 }, { mobile: '…21', handy: '…21' }],
    [
      'field names',
      { '+49 171 7654321': 1, '+49 171 1111121': 2, '0171 7654325': 3 },
      { '…21': 1, '…21 (2)': 2, '…25': 3 },
    ],
    [
      'digits of other scripts',
      { telefon: '０３０１２３４５６７', tel: '٠١٧١٧٦٥٤٣٢١', said: 'Call ＋４９ １７１ ７６５４３２９.' },
      { telefon: '…６７', tel: '…٢١', said: 'Call …２９.' },
    ],
    [
      'phone numbers in a sentence',
      { phone_note: 'Please use 030 1234567 before five, 0171 7654321 afterwards' },
      { phone_note: 'Please use …67 before five, …21 afterwards' },
    ],
    [
      'two phone numbers in one field',
      { phone: '030 1234567 / 0171 7654321', said: 'Or 0301234567.' },
      { phone: '…21', said: 'Or …67.' },
    ],
  ];
  for (const [name, variables, expected] of phones)
    it(`masks ${name}`, () => assert.deepEqual(maskPhones(variables), expected));

  const messages: readonly (readonly [text: string, expected: string])[] = [
    ['I am +49 171 7654321.', 'I am …21.'],
    ['I am +49 (0)171/76 54-321, ok?', 'I am …21, ok?'],
    ['Try 0049 171 7654321 or 00491717654322', 'Try …21 or …22'],
    ['Mine is 0170 / 1234567.', 'Mine is …67.'],
    ['(030) 123-4567 ext. 12', '…67 ext. 12'],
    ['Ruf 0171-7654321 an, Zimmer 12', 'Ruf …21 an, Zimmer 12'],
    ['01717654321 is my number', '…21 is my number'],
    ['06 12 34 56 78 ou 06.12.34.56.79', '…78 ou …79'],
    ['It is (555) 123-4567 or 555-123-4568', 'It is …67 or …68'],
    ['Meu celular: (11) 98765-4321', 'Meu celular: …21'],
    ['Call me at 612 345 678', 'Call me at …78'],
    ['My phone number is 1234567', 'My phone number is …67'],
    ['[call](tel:+491717654321)', '[call](tel:…21)'],
    ['tel:1717654321', 'tel:…21'],
    ["{'phone': '1717654321', 'id': '1717654322'}", "{'phone': '…21', 'id': '1717654322'}"],
    ['https://wa.me/+491717654321', 'https://wa.me/…21'],
    ['Room 12, 0171 7654321, 2 beds', 'Room 12, …21, 2 beds'],
  ];
  for (const [text, expected] of messages) {
    it(`masks phone numbers in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(maskPhones({ said: text }), { said: expected }));
  }

  const unmasked: readonly JsonObject[] = [
    { external_identifier: '00123456', order_id: '0171 7654321', ref: '0123456789', order: '01234567890' },
    {
      a: 'Order 0123456789 of 25.11.2026 10:30',
      b: 'order number: 0123456789012',
      c: '2026-11-25 10:00:00',
      d: '25-11-2026 09',
    },
    { uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7', text: 'see 00000000-0171-7654-3210-000000000000' },
    { cost: '0.00450000', total: 12345678.5, amount: '1,234,567.00 EUR', at: 1_764_500_000_000 },
    {
      a: 'IBAN DE89 3704 0044 0532 0130 00',
      b: 'card 4111 0123 4567 8901',
      c: '192.168.100.200',
      d: '52.520008, 13.404954',
    },
    {
      a: 'from 2026-11-25 to 2026-11-27',
      b: 'call on 25.11.2026',
      c: 'call 2026-11-25 10:00',
      d: 'mobile: 25/11/2026',
    },
    {
      headphones: 'Model 123456',
      phone_model: 'iPhone 123456',
      phone_number_id: '123456789012345',
      mobile: true,
      caller: 'Agent 7',
      phone_type: '1234567',
    },
    { a: 'between 0 and 100 000 000', b: '12 345 678', c: 'Version 1.2.3.4567', d: '#0123456789' },
  ];
  for (const variables of unmasked)
    it(`leaves ${JSON.stringify(variables)} unchanged`, () => assert.deepEqual(maskPhones(variables), variables));

  const transcript = (call: JsonObject): ExportedConversation => ({
    ...createExported({}),
    transcript: decodeTranscript({
      history: [{ role: 'assistant', content: 'Found.', function_calls: [{ name: 'find', ...call }] }],
    }),
  });
  const maskCall = (call: JsonObject): { readonly arguments: unknown; readonly result: unknown } => {
    const { transcript: after } = maskConversation(transcript(call), ['phones']);
    const [turn] = after?.turns ?? [];
    const raw = after?.raw as { history: { function_calls: JsonObject[] }[] };
    assert.equal(raw.history[0]?.function_calls[0]?.['result'], turn?.functionCalls[0]?.result);
    return { arguments: turn?.functionCalls[0]?.arguments, result: turn?.functionCalls[0]?.result };
  };

  it('masks JSON inside strings, however deeply quoted, and keeps it valid', () => {
    const customer = (phone: string, mobile: string): JsonObject => ({
      name: 'Ada',
      phone,
      contacts: [{ mobile }],
      note: `"quoted" ${mobile}`,
    });
    let [sent, expected] = [
      JSON.stringify(customer('030 1234567', '+49 171 7654321')),
      JSON.stringify(customer('…67', '…21')),
    ];
    for (let times = 0; times < 3; times += 1) {
      assert.deepEqual(maskCall({ arguments: sent, result: sent }), { arguments: expected, result: expected });
      [sent, expected] = [JSON.stringify(sent), JSON.stringify(expected)];
    }
    const nested = JSON.stringify({ body: JSON.stringify({ phone: { number: 4930123456 } }) });
    assert.equal(
      maskCall({ result: nested }).result,
      JSON.stringify({ body: JSON.stringify({ phone: { number: '…56' } }) }),
    );
  });

  it('leaves JSON inside strings unchanged if it contains no phone number', () => {
    const sent = '{ "id": 12345678,\n "total": 1.50 }';
    assert.equal(maskCall({ result: sent }).result, sent);
  });

  it('masks the digits of a phone field elsewhere in text, but not inside other numbers', () => {
    const id = 'a1717654-0000-4000-8000-000000000000';
    assert.deepEqual(maskPhones({ phone: '171 7654', said: `1717654, x1717654, 21717654, 0.1717654 and ${id}` }), {
      phone: '…54',
      said: `…54, x1717654, 21717654, 0.1717654 and ${id}`,
    });
  });

  it('takes linear time', () => {
    const many = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [
        `p${index}`,
        { phone: `+4917${1000000 + index}`, said: `It is 017 ${1000000 + index}. `.repeat(20) },
      ]),
    );
    assert.doesNotMatch(JSON.stringify(maskPhones(many)), /\d{6}/);
    assert.deepEqual(
      maskPhones({
        a: '0 '.repeat(200_000),
        b: '+'.repeat(200_000),
        c: 'call '.repeat(100_000),
        d: '1-'.repeat(200_000),
      }),
      {
        ...{ a: '0 '.repeat(200_000), b: '+'.repeat(200_000), c: 'call '.repeat(100_000), d: '1-'.repeat(200_000) },
      },
    );
  });
});
