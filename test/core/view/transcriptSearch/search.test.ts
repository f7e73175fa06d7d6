import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JsonObject, JsonValue } from '../../../../src/core/model/json';
import type { Turn } from '../../../../src/core/model/transcript';
import { TimeoutError } from '../../../../src/core/util/timeout';
import { compileQuery, type Find } from '../../../../src/core/view/transcriptSearch/query';
import { mostMatches, searchTranscript } from '../../../../src/core/view/transcriptSearch/search';

function find(text: string, isRegex = false): Find {
  const compiled = compileQuery({ text, isRegex });
  assert.ok(compiled.ok);
  return compiled.find;
}

const said = (content: string, role = 'user'): Turn => ({ role, content, functionCalls: [] });
const called = (name: string, given: JsonValue | undefined, result: JsonValue | undefined): Turn => ({
  role: 'assistant',
  content: '',
  functionCalls: [{ name, arguments: given, result }],
});

/** What is found, as "place: excerpt" with [brackets] around what was looked for. */
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

describe('a search in a transcript', () => {
  it('takes a hundred places of a text, and no more', () => {
    for (const isRegex of [false, true]) assert.equal(find('a', isRegex)('ab'.repeat(1000)).ranges.length, 100);
  });

  it('matches whole letters only, also as a regular expression', () => {
    const turns = [said('저는 한국 사람입니다'), called('ガイド', { 사람: 'ありがとう' }, 'が')];
    for (const isRegex of [false, true]) {
      for (const half of ['사라', 'カ', 'か']) assert.deepEqual(results(turns, half, isRegex), []);
      assert.deepEqual(results(turns, 'が', isRegex), ['arguments 1.0: 사람: あり[が]とう', 'result 1.0: [が]']);
    }
  });

  it('finds a regular expression in a text with many marks on one letter', () => {
    const { text, ranges } = find('refund', true)(`a${'\u0302\u0316'.repeat(5000)} refund`);
    assert.equal(ranges.length, 1);
    for (const part of text.split('\u034f')) assert.ok((part.match(/\p{M}/gu) ?? []).length <= 30);
  });

  it('looks at messages, names, arguments, results and variables, in the order of the panel', () => {
    const turns = [
      said('A slot, please.'),
      called('find_slots', { day: 'slot day', deep: [{ slot: 1 }] }, { slots: ['09:20'], ok: true }),
      said('No.'),
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

  it('reads JSON that was sent inside a string, and values of every kind', () => {
    const turns = [
      called('f', '{"a":"{\\"b\\":\\"needle\\"}"}', 'needle in words'),
      called('g', [true, null, 12.5], null),
      called('h', undefined, undefined),
    ];
    assert.deepEqual(results(turns, 'needle'), ['arguments 0.0: b: [needle]', 'result 0.0: [needle] in words']);
    assert.deepEqual(results(turns, '12.5'), ['arguments 1.0: [12.5]']);
    assert.deepEqual(results(turns, 'true'), ['arguments 1.0: [true]']);
    for (const nothing of ['null', 'undefined']) assert.deepEqual(results(turns, nothing), []);
  });

  it('finds all that stands in an excerpt, and cuts it by words', () => {
    const long = `${'before '.repeat(20)}needle ${'after '.repeat(40)}needle`;
    const [line = ''] = results([said(long)], 'needle');
    assert.match(line, /^message 0: …before before \[needle\] after /);
    assert.match(line, /aft?e?r?…$/);
    assert.deepEqual(results([said('b\n\n a\tneedle\u202e, needle  ')], 'needle'), [
      'message 0: b a [needle], [needle]',
    ]);
  });

  it('never cuts a letter in two', () => {
    const [line = ''] = results([said(`${'😀'.repeat(50)}x${'e\u0301'.repeat(90)}`)], 'x');
    assert.doesNotMatch(line, /\p{Surrogate}/u);
    assert.match(line, /: …😀/u);
    assert.match(line, /e\u0301…$/u);
  });

  it('counts what it does not list', () => {
    const { matches, total } = searchTranscript(
      { turns: Array.from({ length: 130 }, () => said('x')), variables: undefined },
      find('x'),
      false,
    );
    assert.deepEqual([matches.length, total], [mostMatches, 130]);
  });

  it('tells what was found as it stands there', () => {
    const [match] = searchTranscript(
      { turns: [said('The cafe\u0301.')], variables: undefined },
      find('CAFÉ'),
      false,
    ).matches;
    assert.equal(match?.found, 'cafe\u0301');
  });
});

describe('a regular expression', () => {
  it('is in any case, line by line, and knows letters of every script', () => {
    assert.deepEqual(results([said('one\nTWO 2')], '^two \\d$', true), ['message 0: one [TWO 2]']);
    assert.deepEqual(results([said('الرقم مرحبا')], '\\p{Script=Arabic}{5}$', true), ['message 0: الرقم [مرحبا]']);
    assert.deepEqual(results([said('a cafe\u0301 b')], 'caf. b', true), ['message 0: a [café b]']);
    assert.deepEqual(results([said('😀!')], '^.!', true), ['message 0: [😀!]']);
  });

  it('is not found where it finds nothing to look at', () => assert.deepEqual(results([said('bbb')], 'a*', true), []));

  it('that is none is told, with what is wrong', () => {
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

  it('that would take for ever is given up, and the next one works', () => {
    const conversation = { turns: [said(`${'a'.repeat(60)}!`)], variables: undefined };
    assert.throws(() => searchTranscript(conversation, find('(a+)+$', true), true), TimeoutError);
    assert.deepEqual(results(conversation.turns, 'a!$', true).length, 1);
  });
});
