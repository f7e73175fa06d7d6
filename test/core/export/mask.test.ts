import assert from 'node:assert/strict';
import { decodeConversation } from '../../../src/core/api/decodeConversation';
import { masked } from '../../../src/core/export/mask';
import type { ExportedConversation } from '../../../src/core/export/format';
import type { JsonObject } from '../../../src/core/model/json';

const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

function exported(variables: JsonObject, of = id): ExportedConversation {
  const conversation = decodeConversation({ id: 'x', type: 'test', assistant_id: 'a', created_at: '2026-11-23 10:00:00', variables });
  return { id: of, conversation, transcript: undefined, missed: undefined };
}

const variablesOf = ({ conversation }: ExportedConversation): unknown => conversation?.variables;
const hidden = (variables: JsonObject): unknown => variablesOf(masked(exported(variables), ['phones']));

describe('Phones that an export hides', () => {
  it('may stand one within another', () => {
    const variables = { phone: '1234567', mobile: '+49 30 1234567', said: 'Call +49 30 1234567, or 1234567, or +49301234567.' };
    assert.deepEqual(hidden(variables), { phone: '…67', mobile: '…67', said: 'Call …67, or …67, or …67.' });
  });

  it('are of six digits at the least; what is shorter is hidden where it stands, and nowhere else', () => {
    assert.deepEqual(hidden({ phone: '123456', said: 'at 123456' }), { phone: '…56', said: 'at …56' });
    assert.deepEqual(hidden({ phone: 'ext. 12345', said: 'at 12345, ext. 12345' }), { phone: '…45', said: 'at 12345, ext. 12345' });
    assert.deepEqual(hidden({ phone: 'none yet', said: 'none yet' }), { phone: 'none yet', said: 'none yet' });
  });

  it('keep two digits, whatever stands between and behind them', () => {
    assert.deepEqual(hidden({ phone: '+49 30 12 34 5-6 (home)', said: 'at +49 30 12 34 5-6 (home)' }), { phone: '…56', said: 'at …56' });
  });

  it('may be numbers, and may be in a list', () => {
    assert.deepEqual(hidden({ phone: 491701234567, phones: ['+49 170 5550001', 4930111222], tel: 12345, mobile: 123456, order: 491701234567, ok: true, none: null }), {
      phone: '…67',
      phones: ['…01', '…22'],
      tel: 12345,
      mobile: '…56',
      order: 491701234567,
      ok: true,
      none: null,
    });
    assert.deepEqual(hidden({ phones: ['0170 5550001', 'none'], said: ['0170 5550001 or +01705550001'] }), { phones: ['…01', 'none'], said: ['…01 or …01'] });
  });

  it('may be the name of a field', () => {
    assert.deepEqual(hidden({ whatsapp_number: '+49 170 1234567', '+49 170 1234567': 'is mine' }), { whatsapp_number: '…67', '…67': 'is mine' });
  });

  it('are no days, amounts or references', () => {
    const variables = { day: '2026-11-25', amount: '1.234.567', reference: '12345678', room: 'Suite 123456' };
    assert.deepEqual(hidden(variables), variables);
  });
});

describe('Ids that an export hides', () => {
  const idOf = (of: string): string => masked(exported({ said: `It is ${of}.` }, of), ['ids']).id;

  it('keep eight characters, half of a short one, and never half of a sign', () => {
    assert.deepEqual([id, '12345678', 'abc', 'a'].map(idOf), ['7c9e6679…', '1234…', 'a…', '…']);
    assert.equal(idOf('a😀bc'), 'a…');
    assert.equal(idOf('😀😀😀😀'), '😀😀…');
  });

  it('are hidden in what was said, and an empty one nowhere', () => {
    assert.deepEqual(variablesOf(masked(exported({ said: `It is ${id}.` }), ['ids'])), { said: 'It is 7c9e6679….' });
    assert.deepEqual(variablesOf(masked(exported({ said: 'It is none.' }, ''), ['ids'])), { said: 'It is none.' });
    // Would stand for what was found, in what is put in its place.
    const tricky = '$&$&-secret-rest-of-it';
    assert.deepEqual(variablesOf(masked(exported({ said: `It is ${tricky}.` }, tricky), ['ids'])), { said: 'It is $&$&-sec….' });
  });
});
