import assert from 'node:assert/strict';
import { redactionsOf, serverWords, shortenId } from '../../../src/core/api/serverWords';
import type { JsonValue } from '../../../src/core/model/json';
import { parse } from '../../../src/core/util/parseJson';

const nothing = new Map<string, string>();

describe('what a server says of a failure', () => {
  const cases: readonly (readonly [name: string, body: JsonValue, words: string | undefined])[] = [
    ['text alone', 'down for now', 'down for now'],
    ['blanks in it as one', { message: ' down \n  for   now ' }, 'down for now'],
    ['the first of two that say something', { error: ' ', message: 'full' }, 'full'],
    ['a message beside an error without words', { error: {}, message: 'full' }, 'full'],
    ['an error that says the same, once', { error: 'full', message: 'full' }, 'full'],
    ['a message in a list', { message: ['too short', ' ', 'too plain'] }, 'too short too plain'],
    [
      'fields, but for those that say nothing',
      { message: 'Invalid.', errors: { day: [' ', 'The day is over.'], hour: '' } },
      'The day is over.',
    ],
    ['fields of the same name', parse('{"errors":{"day":["Too soon."],"day":["Too late."]}}'), 'Too soon. Too late.'],
    ['nothing', {}, undefined],
    ['blanks', { message: ' ' }, undefined],
    ['null', null, undefined],
    ['a number', 7, undefined],
  ];
  for (const [name, body, words] of cases) {
    it(`is told: ${name}`, () => assert.equal(serverWords(body, nothing)?.replaceAll(': ', ' '), words));
  }

  it('is told whole up to 200 characters, and cut behind a word, not behind a blank', () => {
    const whole = 'x'.repeat(200);
    assert.equal(serverWords(whole, nothing), whole);
    assert.equal(serverWords(`${'x'.repeat(198)} xx`, nothing), `${'x'.repeat(198)}…`);
  });

  it('is told without the key, also where JSON within the text has its quotes escaped', () => {
    assert.equal(
      serverWords('sent {\\"key\\":\\"half \\"one\\"\\"}', redactionsOf('half "one"', undefined)),
      'sent {\\"key\\":\\"…\\"}',
    );
  });

  it('is searched only in its first 8,192 characters, of which none is half of a key', () => {
    const key = 'secret-key-of-these-test';
    const read: number[] = [];
    const counting = {
      length: 0,
      [Symbol.replace](line: string) {
        read.push(line.length);
        return line;
      },
    };
    const redactions = new Map<string, string>([...redactionsOf(key, undefined), [counting as never, '']]);
    assert.equal(serverWords('x '.repeat(5_000_000), redactions)?.length, 200);
    assert.deepEqual(read, [8191]);
    const half = key.length / 2;
    const start = `${'x'.repeat(50)}${' '.repeat(8192 - 50 - half)}`;
    const words = serverWords(`${start}${key} and more`, redactionsOf(key, undefined));
    assert.equal(words, `${'x'.repeat(51 + half - key.length)}…`);
  });

  it('is told as it is where a key has nothing behind its bar', () => {
    assert.equal(serverWords('Not accepted.', redactionsOf('41|', undefined)), 'Not accepted.');
  });
});

describe('the short form of an id', () => {
  it('is the id itself where that is short', () => {
    assert.deepEqual(['', 'abc', '12345678', '123456789'].map(shortenId), ['', 'abc', '12345678', '12345678…']);
  });
});
