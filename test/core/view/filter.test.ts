import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonObject, JsonValue } from '../../../src/core/model/json';
import type { Filter } from '../../../src/core/model/query';
import { everyType } from '../../../src/core/store/snapshot';
import {
  clientOnly,
  isEmpty,
  rowFilter,
  sameFilter,
  serverQuery,
  withPart,
  type ZonedNow,
} from '../../../src/core/view/filter';
import { newestFirst } from '../../../src/core/view/rowOrder';
import { inZone } from '../text/inZone';
import { row } from './filterRows';

const clock = { now: Date.parse('2026-11-23T12:00:00Z'), zone: 'UTC' };
const assistant = { uuid: 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c2210', name: 'Clinic Desk' };

function keeps(filter: Filter, told: Partial<Conversation>): boolean {
  return passes(filter, clock, row(told));
}

/** Whether a row passes, which is the same where things are known of it. */
function passes(filter: Filter, clock: ZonedNow, row: Conversation): boolean {
  const test = rowFilter(filter, clock);
  assert.ok(test, 'there is something to filter');
  const [known] = newestFirst([row], clock.zone);
  const kept = test(row);
  assert.equal(test(row, known), kept);
  return kept;
}

describe('a filter on rows', () => {
  const cases: readonly [name: string, filter: Filter, told: Partial<Conversation>, kept: boolean][] = [
    ['its type', { type: 'widget' }, { type: 'widget' }, true],
    ['another type', { type: 'widget' }, { type: 'test' }, false],
    ['a type that the server invented', { type: 'sms' }, { type: 'sms' }, true],
    ['its assistant', { assistant }, {}, true],
    ['another assistant of that name', { assistant }, { assistantId: 'another' }, false],
    ['AI on', { aiEnabled: true }, { aiEnabled: true }, true],
    ['AI off where on is asked', { aiEnabled: true }, { aiEnabled: false }, false],
    ['AI off', { aiEnabled: false }, { aiEnabled: false }, true],
    ['AI not told', { aiEnabled: false }, { aiEnabled: undefined }, false],
    ['just as many messages', { minMessages: 5 }, { messageCount: 5 }, true],
    ['fewer messages', { minMessages: 5 }, { messageCount: 4 }, false],
    ['messages not told', { minMessages: 1 }, { messageCount: undefined }, false],
    ['just that cost', { minCost: 0.0045 }, { totalCost: 0.0045 }, true],
    ['that cost as a string', { minCost: 0.0045 }, { totalCost: '0.00450000' }, true],
    ['a lower cost', { minCost: 0.0045 }, { totalCost: '0.00449999' }, false],
    ['cost not told', { minCost: 0.0001 }, { totalCost: undefined }, false],
    ['a cost that is none', { minCost: 0.0001 }, { totalCost: 'free' }, false],
    [
      'a later day',
      { dates: { kind: 'between', from: '2026-11-10', to: '2026-11-12' } },
      { createdAt: '2026-11-14 00:00:00' },
      false,
    ],
    ['a time that can’t be read', { dates: { kind: 'today' } }, { createdAt: 'this morning' }, false],
  ];
  for (const [name, filter, told, kept] of cases) {
    it(`${kept ? 'keeps' : 'leaves out'} ${name}`, () => assert.equal(keeps(filter, told), kept));
  }

  it('is nothing where nothing is set', () => {
    for (const filter of [{}, { text: '' }, { text: '  \u00a0' }]) {
      assert.equal(rowFilter(filter, clock), undefined);
      assert.equal(isEmpty(filter), true);
    }
  });

  it('asks for all that is set', () => {
    const filter: Filter = { type: 'test', minMessages: 5, text: 'ines' };
    const fitting: Partial<Conversation> = { messageCount: 6, customer: { name: 'Ines', phone: undefined } };
    assert.equal(keeps(filter, fitting), true);
    assert.equal(keeps(filter, { ...fitting, type: 'api' }), false);
    assert.equal(keeps(filter, { ...fitting, messageCount: 4 }), false);
    assert.equal(keeps(filter, { ...fitting, customer: undefined }), false);
  });

  it('cuts days on the reader’s clock, reading times on the server’s', () => {
    const kept = (zone: string, createdAt: string): boolean =>
      passes({ dates: { kind: 'today' } }, { now: Date.parse('2026-11-20T12:00:00Z'), zone }, row({ createdAt }));
    inZone('Asia/Kolkata', () => {
      assert.equal(kept('UTC', '2026-11-19 18:29:59'), false);
      assert.equal(kept('UTC', '2026-11-19 18:30:00'), true);
      assert.equal(kept('Asia/Kolkata', '2026-11-19 23:59:59'), false);
      assert.equal(kept('local', '2026-11-20 00:00:00'), true);
      assert.equal(kept('UTC', '2026-11-20T00:00:00+09:00'), false);
      assert.equal(kept('UTC', '2026-11-20T04:00:00+09:00'), true);
    });
  });

  it('ends with the last moment of its last day', () =>
    inZone('UTC', () => {
      const dates = { kind: 'between', from: '2026-11-10', to: '2026-11-12' } as const;
      assert.equal(keeps({ dates }, { createdAt: '2026-11-12 23:59:59' }), true);
      assert.equal(keeps({ dates }, { createdAt: '2026-11-13 00:00:00' }), false);
    }));

  it('is not empty where a type alone is asked for', () => assert.equal(isEmpty({ type: 'test' }), false));

  it('keeps what seems to come from the future among today’s', () =>
    inZone('UTC', () => assert.equal(keeps({ dates: { kind: 'today' } }, { createdAt: '2026-11-24 05:00:00' }), true)));
});

describe('text in a filter', () => {
  const variables: JsonObject = { clinic: { city: 'Kreuzberg', floors: [3, { wing: 'Süd' }] }, vip: true, note: null };
  const found: readonly [name: string, text: string, told: Partial<Conversation>][] = [
    ['an id’s start', '7C9E', { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }],
    ['an id’s inside', '7425-40', { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }],
    ['an assistant', 'desk', {}],
    ['a customer', 'okoro', { customer: { name: 'Dr. Okoro', phone: undefined } }],
    ['a phone number', '+49171', { customer: { name: undefined, phone: '+49171000111' } }],
    ['an external identifier', 'crm-77', { externalIdentifier: 'CRM-77' }],
    ['a variable’s name', 'clinic', { variables }],
    ['a variable deep within', 'kreuz', { variables }],
    ['a number in a list of variables', '3', { variables, id: 'x' }],
    ['an object in a list of variables', 'sud', { variables }],
    ['words of several fields, in any order', 'kreuzberg desk', { variables }],
    ['a word without its accent', 'muller ines', { customer: { name: 'Inès Müller', phone: undefined } }],
    ['a word with an accent that is not there', 'inès', { customer: { name: 'Ines', phone: undefined } }],
    ['composed for decomposed', 'é', { customer: { name: 'Rene\u0301', phone: undefined } }],
    ['decomposed for composed', 'rene\u0301', { customer: { name: 'René', phone: undefined } }],
    ['ß for ss', 'strasse', { externalIdentifier: 'Lange Straße' }],
    ['sigma at a word’s end', 'οδοσ', { externalIdentifier: 'ΟΔΟΣ' }],
    ['Arabic without its vowel points', 'محمد', { customer: { name: 'مُحَمَّد', phone: undefined } }],
    ['Arabic with another alef', 'احمد', { customer: { name: 'أحمد', phone: undefined } }],
    ['part of a Chinese name', '小明', { customer: { name: '王小明', phone: undefined } }],
    ['wide letters', 'abc１', { externalIdentifier: 'ＡＢＣ1' }],
    ['an emoji', '🎉', { externalIdentifier: 'party 🎉🎈' }],
    ['an emoji in its other presentation', '❤', { externalIdentifier: 'love ❤\ufe0f' }],
    ['words apart by an ideographic space', '王\u3000desk', { customer: { name: '王小明', phone: undefined } }],
  ];
  for (const [name, text, told] of found) it(`finds ${name}`, () => assert.equal(keeps({ text }, told), true));

  const missed: readonly [name: string, text: string, told: Partial<Conversation>][] = [
    ['where one word is missing', 'clinic berlin', { variables }],
    ['across two fields', 'deskines', { customer: { name: 'Ines', phone: undefined } }],
    ['another letter of Japanese', 'が', { customer: { name: 'かな', phone: undefined } }],
    ['half a kana', 'か', { customer: { name: 'がな', phone: undefined } }],
    ['half a syllable of Korean', '사라', { customer: { name: '사람', phone: undefined } }],
    ['another letter of Cyrillic', 'андреи', { customer: { name: 'Андрей', phone: undefined } }],
    ['another vowel of Hindi', 'कि', { customer: { name: 'का', phone: undefined } }],
    ['a type', 'whatsapp', { type: 'whatsapp' }],
  ];
  for (const [name, text, told] of missed)
    it(`finds nothing ${name}`, () => assert.equal(keeps({ text }, told), false));

  it('takes what would be a pattern as text', () => {
    assert.equal(keeps({ text: '.*' }, {}), false);
    assert.equal(keeps({ text: '(a+)+$' }, { externalIdentifier: 'x (A+)+$ y' }), true);
  });

  it('survives variables of any depth', () => {
    let deep: JsonValue = 'bottom';
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    assert.equal(keeps({ text: 'bottom' }, { variables: { deep } }), true);
  });
});

describe('what only rows can be asked for', () => {
  const cases: readonly [filter: Filter, only: boolean][] = [
    [{}, false],
    [{ type: 'test', dates: { kind: 'today' } }, false],
    [{ assistant: { ...assistant, serverId: 318 } }, false],
    [{ assistant }, true],
    [{ aiEnabled: false }, true],
    [{ minMessages: 3 }, true],
    [{ minCost: 0.01 }, true],
    [{ text: 'ines' }, true],
    [{ text: ' ' }, false],
  ];
  for (const [filter, only] of cases) {
    it(`${only ? 'is in' : 'is not in'} ${JSON.stringify(filter)}`, () => assert.equal(clientOnly(filter), only));
  }
});

describe('what the server is asked for', () => {
  it('is the list’s type, the assistant’s integer id, and days of its own calendar, with some to spare', () =>
    inZone('Asia/Kolkata', () =>
      assert.deepEqual(
        serverQuery(
          {
            assistant: { ...assistant, serverId: 318 },
            dates: { kind: 'between', from: '2026-11-10', to: '2026-11-12' },
            aiEnabled: true,
            minMessages: 2,
            minCost: 1,
            text: 'ines',
          },
          'widget',
          clock,
        ),
        { type: 'widget', assistantId: 318, dateFrom: '2026-11-08', dateTo: '2026-11-14' },
      ),
    ));

  it('is no type in the list of every type, but the filter’s', () => {
    assert.deepEqual(serverQuery({}, everyType, clock), {});
    assert.deepEqual(serverQuery({ type: 'api' }, everyType, clock), { type: 'api' });
    assert.deepEqual(serverQuery({ type: 'api' }, 'test', clock), { type: 'test' });
  });

  it('is no assistant where its integer id is unknown', () =>
    assert.deepEqual(serverQuery({ assistant }, 'test', clock), { type: 'test' }));
});

describe('parts of a filter', () => {
  it('are set and cleared one at a time', () => {
    const filter = withPart(withPart({}, 'type', 'test'), 'minMessages', 3);
    assert.deepEqual(filter, { type: 'test', minMessages: 3 });
    assert.deepEqual(withPart(filter, 'type', 'api'), { type: 'api', minMessages: 3 });
    assert.deepEqual(Object.keys(withPart(filter, 'type', undefined)), ['minMessages']);
    assert.deepEqual(filter, { type: 'test', minMessages: 3 });
  });

  it('tell whether two filters select the same', () => {
    assert.equal(sameFilter({ type: 'test', text: 'a b' }, { text: ' A  b', type: 'test' }), true);
    assert.equal(sameFilter({ assistant }, { assistant: { ...assistant, name: 'Renamed' } }), true);
    assert.equal(sameFilter({ assistant }, { assistant: { ...assistant, serverId: 318 } }), false);
    assert.equal(sameFilter({ text: ' ' }, {}), true);
    assert.equal(sameFilter({ minCost: 1 }, { minMessages: 1 }), false);
    assert.equal(sameFilter({ dates: { kind: 'lastDays', days: 7 } }, { dates: { days: 7, kind: 'lastDays' } }), true);
    assert.equal(sameFilter({ dates: { kind: 'today' } }, {}), false);
  });
});
