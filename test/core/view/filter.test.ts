import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonObject, JsonValue } from '../../../src/core/model/json';
import type { Filter } from '../../../src/core/model/query';
import type { Transcript } from '../../../src/core/model/transcript';
import { everyType } from '../../../src/core/store/snapshot';
import { CallSummaries } from '../../../src/core/view/callSummary';
import {
  isClientSide,
  isEmpty,
  createRowFilter,
  isSameFilter,
  toServerQuery,
  withPart,
  withoutCalls,
  type ZonedNow,
} from '../../../src/core/view/filter';
import { sortNewestFirst } from '../../../src/core/view/rowOrder';
import { inZone } from '../text/inZone';
import { row } from './filterRows';

const clock = { now: Date.parse('2026-11-23T12:00:00Z'), zone: 'UTC' };
const assistant = { uuid: 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c2210', name: 'Clinic Desk' };

function matchesWith(filter: Filter, fields: Partial<Conversation>): boolean {
  return matchesRow(filter, clock, row(fields));
}

/** Returns whether a row matches. Checks that a precomputed search text changes nothing. */
function matchesRow(filter: Filter, clock: ZonedNow, row: Conversation): boolean {
  const test = createRowFilter(filter, clock);
  assert.ok(test, 'the filter is not empty');
  const [known] = sortNewestFirst([row], clock.zone);
  const isMatch = test(row);
  assert.equal(test(row, known), isMatch);
  return isMatch;
}

describe('A filter on rows', () => {
  const cases: readonly [name: string, filter: Filter, fields: Partial<Conversation>, isMatch: boolean][] = [
    ['its type', { type: 'widget' }, { type: 'widget' }, true],
    ['another type', { type: 'widget' }, { type: 'test' }, false],
    ['an unknown type', { type: 'sms' }, { type: 'sms' }, true],
    ['its assistant', { assistant }, {}, true],
    ['another assistant with that name', { assistant }, { assistantId: 'another' }, false],
    ['AI on', { aiEnabled: true }, { aiEnabled: true }, true],
    ['AI off if the filter is AI on', { aiEnabled: true }, { aiEnabled: false }, false],
    ['AI off', { aiEnabled: false }, { aiEnabled: false }, true],
    ['an unknown AI status', { aiEnabled: false }, { aiEnabled: undefined }, false],
    ['exactly as many messages', { minMessages: 5 }, { messageCount: 5 }, true],
    ['fewer messages', { minMessages: 5 }, { messageCount: 4 }, false],
    ['an unknown number of messages', { minMessages: 1 }, { messageCount: undefined }, false],
    ['exactly that cost', { minCost: 0.0045 }, { totalCost: 0.0045 }, true],
    ['that cost as a string', { minCost: 0.0045 }, { totalCost: '0.00450000' }, true],
    ['a lower cost', { minCost: 0.0045 }, { totalCost: '0.00449999' }, false],
    ['an unknown cost', { minCost: 0.0001 }, { totalCost: undefined }, false],
    ['a cost that is not a number', { minCost: 0.0001 }, { totalCost: 'free' }, false],
    [
      'a later day',
      { dates: { kind: 'between', from: '2026-11-10', to: '2026-11-12' } },
      { createdAt: '2026-11-14 00:00:00' },
      false,
    ],
    ['a time that cannot be parsed', { dates: { kind: 'today' } }, { createdAt: 'this morning' }, false],
  ];
  for (const [name, filter, fields, isMatch] of cases) {
    it(`${isMatch ? 'matches' : "doesn't match"} ${name}`, () => assert.equal(matchesWith(filter, fields), isMatch));
  }

  it('is undefined if nothing is set', () => {
    for (const filter of [{}, { text: '' }, { text: '  \u00a0' }]) {
      assert.equal(createRowFilter(filter, clock), undefined);
      assert.equal(isEmpty(filter), true);
    }
  });

  it('requires all parts that are set', () => {
    const filter: Filter = { type: 'test', minMessages: 5, text: 'ines' };
    const matching: Partial<Conversation> = { messageCount: 6, customer: { name: 'Ines', phone: undefined } };
    assert.equal(matchesWith(filter, matching), true);
    assert.equal(matchesWith(filter, { ...matching, type: 'api' }), false);
    assert.equal(matchesWith(filter, { ...matching, messageCount: 4 }), false);
    assert.equal(matchesWith(filter, { ...matching, customer: undefined }), false);
  });

  it("uses local days and parses times in the server's zone", () => {
    const isMatch = (zone: string, createdAt: string): boolean =>
      matchesRow({ dates: { kind: 'today' } }, { now: Date.parse('2026-11-20T12:00:00Z'), zone }, row({ createdAt }));
    inZone('Asia/Kolkata', () => {
      assert.equal(isMatch('UTC', '2026-11-19 18:29:59'), false);
      assert.equal(isMatch('UTC', '2026-11-19 18:30:00'), true);
      assert.equal(isMatch('Asia/Kolkata', '2026-11-19 23:59:59'), false);
      assert.equal(isMatch('local', '2026-11-20 00:00:00'), true);
      assert.equal(isMatch('UTC', '2026-11-20T00:00:00+09:00'), false);
      assert.equal(isMatch('UTC', '2026-11-20T04:00:00+09:00'), true);
    });
  });

  it('includes the last moment of its last day', () =>
    inZone('UTC', () => {
      const dates = { kind: 'between', from: '2026-11-10', to: '2026-11-12' } as const;
      assert.equal(matchesWith({ dates }, { createdAt: '2026-11-12 23:59:59' }), true);
      assert.equal(matchesWith({ dates }, { createdAt: '2026-11-13 00:00:00' }), false);
    }));

  it("isn't empty if only a type is set", () => assert.equal(isEmpty({ type: 'test' }), false));

  it('counts times in the future as today', () =>
    inZone('UTC', () =>
      assert.equal(matchesWith({ dates: { kind: 'today' } }, { createdAt: '2026-11-24 05:00:00' }), true),
    ));
});

describe('Text in a filter', () => {
  const variables: JsonObject = { clinic: { city: 'Kreuzberg', floors: [3, { wing: 'Süd' }] }, vip: true, note: null };
  const matchingCases: readonly [name: string, text: string, fields: Partial<Conversation>][] = [
    ['the start of an ID', '7C9E', { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }],
    ['the middle of an ID', '7425-40', { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }],
    ['an assistant', 'desk', {}],
    ['a customer', 'okoro', { customer: { name: 'Dr. Okoro', phone: undefined } }],
    ['a phone number', '+49171', { customer: { name: undefined, phone: '+49171000111' } }],
    ['an external identifier', 'crm-77', { externalIdentifier: 'CRM-77' }],
    ['the name of a variable', 'clinic', { variables }],
    ['a nested variable', 'kreuz', { variables }],
    ['a number in a list of variables', '3', { variables, id: 'x' }],
    ['an object in a list of variables', 'sud', { variables }],
    ['words of several fields in any order', 'kreuzberg desk', { variables }],
    ['a word without its accent', 'muller ines', { customer: { name: 'Inès Müller', phone: undefined } }],
    ['a word typed with an extra accent', 'inès', { customer: { name: 'Ines', phone: undefined } }],
    ['decomposed text with a composed query', 'é', { customer: { name: 'Rene\u0301', phone: undefined } }],
    ['composed text with a decomposed query', 'rene\u0301', { customer: { name: 'René', phone: undefined } }],
    ['ß with ss', 'strasse', { externalIdentifier: 'Lange Straße' }],
    ['a final sigma', 'οδοσ', { externalIdentifier: 'ΟΔΟΣ' }],
    ['Arabic text without vowel points', 'محمد', { customer: { name: 'مُحَمَّد', phone: undefined } }],
    ['Arabic text with another alef', 'احمد', { customer: { name: 'أحمد', phone: undefined } }],
    ['part of a Chinese name', '小明', { customer: { name: '王小明', phone: undefined } }],
    ['full-width letters', 'abc１', { externalIdentifier: 'ＡＢＣ1' }],
    ['an emoji', '🎉', { externalIdentifier: 'party 🎉🎈' }],
    ['an emoji in its other presentation', '❤', { externalIdentifier: 'love ❤\ufe0f' }],
    ['words separated by an ideographic space', '王\u3000desk', { customer: { name: '王小明', phone: undefined } }],
  ];
  for (const [name, text, fields] of matchingCases)
    it(`finds ${name}`, () => assert.equal(matchesWith({ text }, fields), true));

  const otherCases: readonly [name: string, text: string, fields: Partial<Conversation>][] = [
    ['rows without one of the words', 'clinic berlin', { variables }],
    ['text across two fields', 'deskines', { customer: { name: 'Ines', phone: undefined } }],
    ['a different Japanese letter', 'が', { customer: { name: 'かな', phone: undefined } }],
    ['half of a kana', 'か', { customer: { name: 'がな', phone: undefined } }],
    ['half of a Korean syllable', '사라', { customer: { name: '사람', phone: undefined } }],
    ['a different Cyrillic letter', 'андреи', { customer: { name: 'Андрей', phone: undefined } }],
    ['a different Hindi vowel', 'कि', { customer: { name: 'का', phone: undefined } }],
    ['a type', 'whatsapp', { type: 'whatsapp' }],
  ];
  for (const [name, text, fields] of otherCases)
    it(`doesn't find ${name}`, () => assert.equal(matchesWith({ text }, fields), false));

  it('treats regular expression syntax as text', () => {
    assert.equal(matchesWith({ text: '.*' }, {}), false);
    assert.equal(matchesWith({ text: '(a+)+$' }, { externalIdentifier: 'x (A+)+$ y' }), true);
  });

  it('handles variables of any depth', () => {
    let deep: JsonValue = 'bottom';
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    assert.equal(matchesWith({ text: 'bottom' }, { variables: { deep } }), true);
  });
});

describe('A filter by tool calls', () => {
  const call = (name: string, result: JsonValue) => ({ name, arguments: {}, result });
  const reply = (...functionCalls: ReturnType<typeof call>[]): Pick<Transcript, 'turns'> => ({
    turns: [{ role: 'assistant', content: '', functionCalls }],
  });
  const summaries = new CallSummaries();
  const ids = {
    failed: reply(call('get_order', { error: 'no such order' }), call('refund', { done: true })),
    fine: reply(call('get_order', { state: 'sent' })),
    silent: reply(),
  };
  for (const [id, transcript] of Object.entries(ids)) summaries.note({ id, updatedAt: '' }, transcript);
  const matching = (filter: Filter): readonly string[] => {
    const test = createRowFilter(filter, { ...clock, callsOf: (id) => summaries.of(id) });
    return [...Object.keys(ids), 'notLoaded'].filter((id) => test?.(row({ id })));
  };

  const cases: readonly [filter: Filter, matching: readonly string[]][] = [
    [{ calls: 'failed' }, ['failed']],
    [{ calls: 'calls' }, ['failed', 'fine']],
    [{ tool: 'get_order' }, ['failed', 'fine']],
    [{ tool: 'refund' }, ['failed']],
    [{ tool: 'refund', calls: 'failed' }, []],
    [{ tool: 'get_order', calls: 'failed' }, ['failed']],
    [{ tool: 'get' }, []],
  ];
  for (const [filter, expected] of cases) {
    it(`matches only loaded transcripts: ${JSON.stringify(filter)}`, () =>
      assert.deepEqual(matching(filter), expected));
  }

  it('has a wider filter, of the conversations to check', () =>
    assert.deepEqual(withoutCalls({ type: 'test', calls: 'failed', tool: 'refund' }), { type: 'test' }));
});

describe('isClientSide', () => {
  const cases: readonly [filter: Filter, expected: boolean][] = [
    [{}, false],
    [{ type: 'test', dates: { kind: 'today' } }, false],
    [{ assistant: { ...assistant, serverId: 318 } }, false],
    [{ assistant }, true],
    [{ aiEnabled: false }, true],
    [{ minMessages: 3 }, true],
    [{ minCost: 0.01 }, true],
    [{ calls: 'failed' }, true],
    [{ tool: 'get_order' }, true],
    [{ text: 'ines' }, true],
    [{ text: ' ' }, false],
  ];
  for (const [filter, expected] of cases) {
    it(`is ${expected} for ${JSON.stringify(filter)}`, () => assert.equal(isClientSide(filter), expected));
  }
});

describe('toServerQuery', () => {
  it("contains the list's type, the assistant's numeric ID, and generous dates on the server's calendar", () =>
    inZone('Asia/Kolkata', () =>
      assert.deepEqual(
        toServerQuery(
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

  it("contains the filter's type only in the list of all types", () => {
    assert.deepEqual(toServerQuery({}, everyType, clock), {});
    assert.deepEqual(toServerQuery({ type: 'api' }, everyType, clock), { type: 'api' });
    assert.deepEqual(toServerQuery({ type: 'api' }, 'test', clock), { type: 'test' });
  });

  it('leaves out an assistant whose numeric ID is unknown', () =>
    assert.deepEqual(toServerQuery({ assistant }, 'test', clock), { type: 'test' }));
});

describe('withPart and sameFilter', () => {
  it('set and clear one part at a time', () => {
    const filter = withPart(withPart({}, 'type', 'test'), 'minMessages', 3);
    assert.deepEqual(filter, { type: 'test', minMessages: 3 });
    assert.deepEqual(withPart(filter, 'type', 'api'), { type: 'api', minMessages: 3 });
    assert.deepEqual(Object.keys(withPart(filter, 'type', undefined)), ['minMessages']);
    assert.deepEqual(filter, { type: 'test', minMessages: 3 });
  });

  it('compare what two filters select', () => {
    assert.equal(isSameFilter({ type: 'test', text: 'a b' }, { text: ' A  b', type: 'test' }), true);
    assert.equal(isSameFilter({ assistant }, { assistant: { ...assistant, name: 'Renamed' } }), true);
    assert.equal(isSameFilter({ assistant }, { assistant: { ...assistant, serverId: 318 } }), false);
    assert.equal(isSameFilter({ text: ' ' }, {}), true);
    assert.equal(isSameFilter({ minCost: 1 }, { minMessages: 1 }), false);
    assert.equal(
      isSameFilter({ dates: { kind: 'lastDays', days: 7 } }, { dates: { days: 7, kind: 'lastDays' } }),
      true,
    );
    assert.equal(isSameFilter({ dates: { kind: 'today' } }, {}), false);
  });
});
