import assert from 'node:assert/strict';
import { createRedactions, findServerMessage, shortenId } from '../../../src/core/api/serverErrorMessage';
import type { JsonValue } from '../../../src/core/model/json';
import { parse } from '../../../src/core/util/parseJson';

const noRedactions = new Map<string, string>();

describe('A server error message', () => {
  const cases: readonly (readonly [name: string, body: JsonValue, expected: string | undefined])[] = [
    ['plain text', 'down for now', 'down for now'],
    ['text with white space collapsed', { message: ' down \n  for   now ' }, 'down for now'],
    ['the first field that is not blank', { error: ' ', message: 'full' }, 'full'],
    ['the message if the error is empty', { error: {}, message: 'full' }, 'full'],
    ['one text if error and message are equal', { error: 'full', message: 'full' }, 'full'],
    ['a joined list of messages', { message: ['too short', ' ', 'too plain'] }, 'too short too plain'],
    [
      'the field errors that are not blank',
      { message: 'Invalid.', errors: { day: [' ', 'The day is over.'], hour: '' } },
      'The day is over.',
    ],
    [
      'the errors of fields with the same name',
      parse('{"errors":{"day":["Too soon."],"day":["Too late."]}}'),
      'Too soon. Too late.',
    ],
    ['undefined for an empty object', {}, undefined],
    ['undefined for a blank message', { message: ' ' }, undefined],
    ['undefined for null', null, undefined],
    ['undefined for a number', 7, undefined],
  ];
  for (const [name, body, expected] of cases) {
    it(`is ${name}`, () => assert.equal(findServerMessage(body, noRedactions)?.replaceAll(': ', ' '), expected));
  }

  it('is cut after 200 characters, behind a word', () => {
    const text = 'x'.repeat(200);
    assert.equal(findServerMessage(text, noRedactions), text);
    assert.equal(findServerMessage(`${'x'.repeat(198)} xx`, noRedactions), `${'x'.repeat(198)}…`);
  });

  it("is redacted even if the key's quotes are escaped in nested JSON", () => {
    assert.equal(
      findServerMessage('sent {\\"key\\":\\"half \\"one\\"\\"}', createRedactions('half "one"', undefined)),
      'sent {\\"key\\":\\"…\\"}',
    );
  });

  it('is searched for keys only in its first 8,192 characters, without cutting a key in half', () => {
    const key = 'secret-key-of-these-test';
    const read: number[] = [];
    const counting = {
      length: 0,
      [Symbol.replace](line: string) {
        read.push(line.length);
        return line;
      },
    };
    const redactions = new Map<string, string>([...createRedactions(key, undefined), [counting as never, '']]);
    assert.equal(findServerMessage('x '.repeat(5_000_000), redactions)?.length, 200);
    assert.deepEqual(read, [8191]);
    const half = key.length / 2;
    const start = `${'x'.repeat(50)}${' '.repeat(8192 - 50 - half)}`;
    const message = findServerMessage(`${start}${key} and more`, createRedactions(key, undefined));
    assert.equal(message, `${'x'.repeat(51 + half - key.length)}…`);
  });

  it('is unchanged if the key has nothing after its bar', () => {
    assert.equal(findServerMessage('Not accepted.', createRedactions('41|', undefined)), 'Not accepted.');
  });
});

describe('shortenId', () => {
  it('returns a short ID unchanged', () => {
    assert.deepEqual(['', 'abc', '12345678', '123456789'].map(shortenId), ['', 'abc', '12345678', '12345678…']);
  });
});
