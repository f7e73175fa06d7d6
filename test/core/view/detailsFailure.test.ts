import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JsonValue } from '../../../src/core/model/json';
import { failureOf } from '../../../src/core/view/detailsFailure';

describe('a function call has failed', () => {
  const cases: readonly (readonly [string, JsonValue, string | undefined])[] = [
    ['an error in words', { error: 'no such slot' }, 'no such slot'],
    ['an error with a message', { error: { code: 7, message: 'no such slot' } }, 'no such slot'],
    ['an error without words', { error: true }, undefined],
    ['an error and what to say of it', { error: true, message: 'no such slot' }, 'no such slot'],
    ['success that is false', { success: false, message: 'full' }, 'full'],
    ['success that is false as text', { success: 'false' }, undefined],
    ['ok that is false', { ok: false }, undefined],
    ['a status in words', { status: 'FAILED', reason: 'full' }, 'full'],
    ['a status that is false', { status: false, error: 'Conversation not found' }, 'Conversation not found'],
    ['an HTTP status', { status: 503, detail: 'down' }, 'down'],
    ['an HTTP status as text', { statusCode: '404' }, undefined],
    ['errors of fields', { message: 'Invalid.', errors: { day: ['The day is over.'] } }, 'Invalid.'],
    ['errors in a list', { errors: [{ message: 'The day is over.' }] }, 'The day is over.'],
    ['an error whose words are too deep to be looked for', { error: { error: { error: { error: { error: 'deep' } } } } }, undefined],
    ['an error in lists too deep to be looked for', { error: [[[['deep']]]] }, undefined],
    ['an error of blanks, and a reason', { error: { message: ' ', reason: 'full' } }, 'full'],
    ['an error of a tool server', { isError: true, content: [] }, undefined],
    ['an error by number', { error: 7, message: 'full' }, 'full'],
    ['success that is 0', { success: 0 }, undefined],
    ['a status that is false, alone', { status: false }, undefined],
    ['a status with blanks around it', { status: ' failed ' }, undefined],
    ['the first HTTP status of a failure', { status_code: 400 }, undefined],
    ['the last HTTP status of a failure', { statusCode: '599' }, undefined],
    ['JSON inside a string', '{"success":false,"error":"full"}', 'full'],
    ['JSON inside a string, twice', '"{\\"error\\":\\"full\\"}"', 'full'],
    ['a wrapped answer', { result: { error: 'full' } }, 'full'],
    ['an answer wrapped as a string', { body: '{"ok":false}' }, undefined],
    ['text that begins with Error', 'Error: connection refused', 'Error: connection refused'],
    ['text that begins with a kind of error', 'TypeError: x is undefined', 'TypeError: x is undefined'],
    ['text of a failure', 'Failed to reach the calendar', 'Failed to reach the calendar'],
    ['text of a timeout', 'Timed out after 30 s', 'Timed out after 30 s'],
    ['text with blanks at its end', 'Error: full \n', 'Error: full'],
    ['text over several lines', 'Traceback (most recent call last):\n  File "x"', 'Traceback (most recent call last): File "x"'],
  ];
  for (const [name, result, reason] of cases) {
    it(`by ${name}`, () => assert.deepEqual(failureOf(result), { reason }));
  }

  it('by an error behind very many blanks, told at once', () => {
    const began = performance.now();
    assert.deepEqual(failureOf({ error: `${' '.repeat(1_000_000)}full` }), { reason: 'full' });
    assert.ok(performance.now() - began < 1000);
  });

  it('with a reason that stays short', () => {
    const reason = failureOf({ error: 'no '.repeat(10_000) })?.reason ?? '';
    assert.equal(reason.length <= 160, true);
    assert.match(reason, /no…$/);
    const longest = `Error: ${'x'.repeat(153)}`;
    assert.deepEqual(failureOf(longest), { reason: longest });
  });
});

describe('a function call has not failed', () => {
  const cases: readonly (readonly [string, JsonValue | undefined])[] = [
    ['without a result', undefined],
    ['with null', null],
    ['with an empty list', []],
    ['with a list that holds an error', [{ error: 'x' }]],
    ['with success', { success: true, error: null }],
    ['with an empty error', { error: '', errors: [] }],
    ['with no error, said in words', { error: 'none' }],
    ['with no error, said in other words', { error: '\n NULL \u00a0', errors: ' No' }],
    ['with an error that is false as text', { error: 'False ' }],
    ['with an error of blanks', { error: ' \t\n' }],
    ['with error number 0', { error: 0 }],
    ['with a status of success', { status: 'ok' }],
    ['with an order whose status is open', { status: 'pending', order: { status: 'failed' } }],
    ['with HTTP 200', { status: 200 }],
    ['with a status that is no failure of HTTP’s', { status: 399, statusCode: 600, status_code: '4040' }],
    ['with a status that is no number of three digits', { status: '0404', statusCode: '4e2', status_code: '404.5' }],
    ['with an error that holds nothing', { error: {} }],
    ['with an answer that was wrapped more than twice', { data: { result: { body: { error: 'x' } } } }],
    ['with one field that wraps nothing', { order: { error: 'x' } }],
    ['with a number of 404 items', { count: 404 }],
    ['with text that is about errors', 'No error was found.'],
    ['with text about something free of errors', 'Error-free since Monday'],
    ['with several fields, one of which tells of an error', { data: { error: 'x' }, more: 1 }],
    ['with a word that begins like failed', 'Failover is ready'],
  ];
  for (const [name, result] of cases) {
    it(name, () => assert.equal(failureOf(result), undefined));
  }
});
