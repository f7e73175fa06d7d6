import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../../../src/core/model/json';
import type { Turn } from '../../../../src/core/model/transcript';
import { TimeoutError } from '../../../../src/core/util/timeout';
import {
  compileQuery,
  type Find,
  maxTranscriptMatches,
  searchCalls,
  searchTranscript,
} from '../../../../src/core/view/transcriptSearch';

function find(text: string, isRegex = false): Find {
  const compiled = compileQuery({ text, isRegex });
  assert.ok(compiled.ok);
  return compiled.find;
}

const message = (content: string, role = 'user'): Turn => ({ role, content, functionCalls: [] });
const toolCall = (name: string, args: JsonValue | undefined, result: JsonValue | undefined): Turn => ({
  role: 'assistant',
  content: '',
  functionCalls: [{ name, arguments: args, result }],
});

/** Returns matches as "place: excerpt" with [brackets] around the highlights. */
function results(turns: readonly Turn[], typed: string, isRegex = false, variables?: JsonObject): string[] {
  return searchTranscript({ turns, variables }, find(typed, isRegex), isRegex).matches.map(({ place, excerpt }) => {
    const marked = [...excerpt.highlights]
      .reverse()
      .reduce(
        (text, [start, end]) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
        excerpt.text,
      );
    const where =
      place.part === 'variables' ? '' : place.part === 'message' ? ` ${place.turn}` : ` ${place.turn}.${place.call}`;
    return `${place.part}${where}: ${marked}`;
  });
}

describe('A search in a transcript', () => {
  it('finds at most 100 matches in a text', () => {
    for (const isRegex of [false, true]) assert.equal(find('a', isRegex)('ab'.repeat(1000)).ranges.length, 100);
  });

  it('matches only complete letters, even as a regular expression', () => {
    const turns = [message('저는 한국 사람입니다'), toolCall('ガイド', { 사람: 'ありがとう' }, 'が')];
    for (const isRegex of [false, true]) {
      for (const half of ['사라', 'カ', 'か']) assert.deepEqual(results(turns, half, isRegex), []);
      assert.deepEqual(results(turns, 'が', isRegex), ['arguments 1.0: 사람: あり[が]とう', 'result 1.0: [が]']);
    }
  });

  it('matches a regular expression in text with many marks on one letter', () => {
    const { text, ranges } = find('refund', true)(`a${'\u0302\u0316'.repeat(5000)} refund`);
    assert.equal(ranges.length, 1);
    for (const part of text.split('\u034f')) assert.ok((part.match(/\p{M}/gu) ?? []).length <= 30);
  });

  it('searches messages, tool names, arguments, results, and variables in display order', () => {
    const turns = [
      message('A slot, please.'),
      toolCall('find_slots', { day: 'slot day', deep: [{ slot: 1 }] }, { slots: ['09:20'], ok: true }),
      message('No.'),
    ];
    assert.deepEqual(results(turns, 'slot', false, { plan: 'Slots' }), [
      'variables: plan: [Slot]s',
      'message 0: A [slot], please.',
      'name 1.0: find_[slot]s',
      'arguments 1.0: day: [slot] day',
      'arguments 1.0: [slot]: 1',
      'result 1.0: [slot]s',
    ]);
  });

  it('searches JSON inside strings and values of every type', () => {
    const turns = [
      toolCall('f', '{"a":"{\\"b\\":\\"needle\\"}"}', 'needle in words'),
      toolCall('g', [true, null, 12.5], null),
      toolCall('h', undefined, undefined),
    ];
    assert.deepEqual(results(turns, 'needle'), ['arguments 0.0: b: [needle]', 'result 0.0: [needle] in words']);
    assert.deepEqual(results(turns, '12.5'), ['arguments 1.0: [12.5]']);
    assert.deepEqual(results(turns, 'true'), ['arguments 1.0: [true]']);
    for (const absent of ['null', 'undefined']) assert.deepEqual(results(turns, absent), []);
  });

  it('highlights all matches of an excerpt and shortens it between words', () => {
    const long = `${'before '.repeat(20)}needle ${'after '.repeat(40)}needle`;
    const [line = ''] = results([message(long)], 'needle');
    assert.match(line, /^message 0: …before before \[needle\] after /);
    assert.match(line, /aft?e?r?…$/);
    assert.deepEqual(results([message('b\n\n a\tneedle\u202e, needle  ')], 'needle'), [
      'message 0: b a [needle], [needle]',
    ]);
  });

  it('never splits a character', () => {
    const [line = ''] = results([message(`${'😀'.repeat(50)}x${'e\u0301'.repeat(90)}`)], 'x');
    assert.doesNotMatch(line, /\p{Surrogate}/u);
    assert.match(line, /: …😀/u);
    assert.match(line, /e\u0301…$/u);
  });

  it('counts matches beyond its limit', () => {
    const { matches, total } = searchTranscript(
      { turns: Array.from({ length: 130 }, () => message('x')), variables: undefined },
      find('x'),
      false,
    );
    assert.deepEqual([matches.length, total], [maxTranscriptMatches, 130]);
  });

  it('returns the matched text as written', () => {
    const [match] = searchTranscript(
      { turns: [message('The cafe\u0301.')], variables: undefined },
      find('CAFÉ'),
      false,
    ).matches;
    assert.equal(match?.found, 'cafe\u0301');
  });
});

describe('A regular expression', () => {
  it('ignores case, matches per line, and supports Unicode', () => {
    assert.deepEqual(results([message('one\nTWO 2')], '^two \\d$', true), ['message 0: one [TWO 2]']);
    assert.deepEqual(results([message('الرقم مرحبا')], '\\p{Script=Arabic}{5}$', true), ['message 0: الرقم [مرحبا]']);
    assert.deepEqual(results([message('a cafe\u0301 b')], 'caf. b', true), ['message 0: a [café b]']);
    assert.deepEqual(results([message('😀!')], '^.!', true), ['message 0: [😀!]']);
  });

  it('ignores empty matches', () => assert.deepEqual(results([message('bbb')], 'a*', true), []));

  it('is rejected with a reason if it is invalid', () => {
    assert.deepEqual(compileQuery({ text: '(a', isRegex: true }), {
      ok: false,
      problem: 'invalid',
      reason: 'Unterminated group',
    });
    assert.deepEqual(compileQuery({ text: '\\p{Foo}', isRegex: true }), {
      ok: false,
      problem: 'invalid',
      reason: 'Invalid property name',
    });
    assert.deepEqual(compileQuery({ text: '', isRegex: true }), { ok: false, problem: 'nothing' });
    assert.deepEqual(compileQuery({ text: ' \u0301', isRegex: false }), { ok: false, problem: 'nothing' });
    assert.equal(compileQuery({ text: '(a', isRegex: false }).ok, true);
  });

  it('is stopped if it takes too long, and the next search works', () => {
    const conversation = { turns: [message(`${'a'.repeat(60)}!`)], variables: undefined };
    assert.throws(() => searchTranscript(conversation, find('(a+)+$', true), true), TimeoutError);
    assert.deepEqual(results(conversation.turns, 'a!$', true).length, 1);
  });
});

describe('A search for tool calls', () => {
  const turns = [
    message('Where is it?'),
    toolCall('get_order', {}, { error: 'no such order' }),
    toolCall('get_order', {}, { state: 'sent' }),
    toolCall('get_orders', {}, 'Error: timeout'),
  ];
  const places = (query: Parameters<typeof searchCalls>[1]): unknown[] =>
    searchCalls({ turns }, query).matches.map(({ place, excerpt, found }) => [place, excerpt.text, found]);

  it('finds the failed ones, with their reasons', () =>
    assert.deepEqual(places({ calls: 'failed', text: '' }), [
      [{ part: 'name', turn: 1, call: 0, name: 'get_order' }, 'get_order: no such order', 'get_order'],
      [{ part: 'name', turn: 3, call: 0, name: 'get_orders' }, 'get_orders: Error: timeout', 'get_orders'],
    ]));

  it('finds the calls of a tool by its whole name', () =>
    assert.deepEqual(places({ calls: 'tool', text: 'get_order' }), [
      [{ part: 'name', turn: 1, call: 0, name: 'get_order' }, 'get_order: no such order', 'get_order'],
      [{ part: 'name', turn: 2, call: 0, name: 'get_order' }, 'get_order', 'get_order'],
    ]));

  it('counts all of them, and lists only the first', () => {
    const many = Array.from({ length: maxTranscriptMatches + 5 }, () => toolCall('a', {}, { error: 'x' }));
    const { matches, total } = searchCalls({ turns: many }, { calls: 'failed', text: '' });
    assert.deepEqual([matches.length, total], [maxTranscriptMatches, maxTranscriptMatches + 5]);
  });
});
