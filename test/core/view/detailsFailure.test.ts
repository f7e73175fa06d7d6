import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JsonValue } from '../../../src/core/model/json';
import { parse } from '../../../src/core/util/parseJson';
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
    [
      'an error whose words are too deep to be looked for',
      { error: { error: { error: { error: { error: 'deep' } } } } },
      undefined,
    ],
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
    ['success that is false beside a number that JSON lacks', '{"success": false, "score": NaN}', undefined],
    ['an error beside an infinite number', '{"error": "full", "limit": -Infinity}', 'full'],
    ['what Python prints', "{'ok': False, 'error': 'slot taken'}", 'slot taken'],
    [
      'what Python prints of objects, tuples, bytes and quotes',
      `{'at': datetime.datetime(2026, 11, 25, fold=1), 'paid': Decimal('1.50'), 'x': (1,), 'b': b'\\x00', 'error': "it's taken", 'none': None}`,
      "it's taken",
    ],
    ['what JavaScript prints', "{ ok: false, error: 'slot taken', id: undefined, }", 'slot taken'],
    ['what Python prints, in what JSON wraps', { result: "{'error': 'slot taken'}" }, 'slot taken'],
    ['an error that is JSON in a string', { error: '{"code":7,"message":"full"}' }, 'full'],
    [
      'an error with code 0 and a message that tells of one',
      { error: { code: 0, message: 'Slot taken' } },
      'Slot taken',
    ],
    ['an error with a code alone', { error: { code: 7 } }, undefined],
    ['an error in a list of empty ones', { errors: [null, '', 'full'] }, undefined],
    [
      'an error whose words begin with no',
      { error: 'No error handler is registered' },
      'No error handler is registered',
    ],
    ['an error beside a flag that says none', { isError: false, error: 'full' }, 'full'],
    [
      'a message, if the error itself is only a word for none',
      { success: false, error: 'None', message: 'full' },
      'full',
    ],
    ['an error in capitals', { Success: false, ErrorMessage: 'full' }, 'full'],
    ['an error under other names', { error_message: 'full' }, 'full'],
    ['an error number under another name', { errcode: 40001, errmsg: 'full' }, 'full'],
    ['a flag under another name', { is_error: 'true' }, undefined],
    ['success that is false as Python writes it', { success: 'False' }, undefined],
    ['an HTTP status with its words', { status: '404 Not Found' }, undefined],
    ['an HTTP code beside a message', { code: 404, message: 'No such slot' }, 'No such slot'],
    ['an exception beside a message', { message: 'full', exception: 'RuntimeException' }, 'full'],
    ['an outcome in words', { result: 'error', message: 'full' }, 'full'],
    [
      'an answer of a tool server',
      { content: [{ type: 'text', text: 'The slot is taken' }], isError: true },
      'The slot is taken',
    ],
    [
      'what a tool server answers in JSON',
      { content: [{ type: 'text', text: '{"error":"full"}' }], isError: false },
      'full',
    ],
    ['what a tool server answers, alone', [{ type: 'text', text: 'Error: full' }], 'Error: full'],
    ['an answer wrapped beside its status', { statusCode: 200, headers: {}, body: '{"ok":false}' }, undefined],
    ['text of a failed request', 'Request failed with status code 500', 'Request failed with status code 500'],
    ['text of an HTTP status', 'HTTP/1.1 502 Bad Gateway', 'HTTP/1.1 502 Bad Gateway'],
    ['text of an HTTP status without HTTP', '404 Not Found', '404 Not Found'],
    ['text of a response in Python', '<Response [500]>', '<Response [500]>'],
    ['text of an error by its number', 'Error code: 0x80070005', 'Error code: 0x80070005'],
    [
      'text over several lines',
      'Traceback (most recent call last):\n  File "x"',
      'Traceback (most recent call last): File "x"',
    ],
  ];
  for (const [name, result, reason] of cases) {
    it(`by ${name}`, () => assert.deepEqual(failureOf(result), { reason }));
  }

  const twice: readonly (readonly [string, string | undefined])[] = [
    ['{"error":"full","error":null}', 'full'],
    ['{"success":false,"success":true,"message":"full"}', 'full'],
    ['{"is_error":true,"isError":false}', undefined],
    ['{"error":{"message":"full","message":""}}', 'full'],
    ['{"result":{"ok":false,"reason":"full"},"result":{"ok":true}}', 'full'],
    ['{"message":"","message":"full","code":503,"code":200}', 'full'],
  ];
  for (const [json, reason] of twice)
    it(`by one of two fields of the same name in ${json}`, () =>
      assert.deepEqual([failureOf(parse(json)), failureOf(json)], [{ reason }, { reason }]));

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
    ['with no error, in a sentence', { error: 'No error', rows: 3 }],
    ['with an error of code 0', { error: { code: 0, message: '' }, data: 1 }],
    ['with an error of code 0 as text', { error: '0' }],
    ['with an error of code 0 that says so', { error: { code: 0, message: 'Success' } }],
    ['with an error of code 200', { error: { code: '200', message: 'OK.' } }],
    ['with an error of null', { error: { code: null, message: null } }],
    ['with an error of code 0, beside other facts', { error: { code: 0, at: 1_764_500_000, retries: 3 } }],
    ['with an error that is false', { error: false }],
    ['with errors that are none', { errors: [null, '', {}, []] }],
    ['with an error that is empty JSON in a string', { error: '{}', errors: '[]' }],
    ['with a number of errors that is 0', { errors: { count: 0, items: [] } }],
    ['with an error message of no error', { error_message: 'No errors were found.', error_code: 0, errno: '0' }],
    ['with a flag that says none', { isError: false, has_error: 0, failed: 0 }],
    ['with what Python prints of a success', "{'ok': True, 'error': None}"],
    ['with a success beside a number that JSON lacks', '{"success": true, "error": null, "score": NaN}'],
    ['with no error in German', { error: 'Kein Fehler' }],
    ['with no error in Spanish', { error: 'Sin errores.' }],
    ['with a status word of success', { status: 'SUCCESS', error: 'SUCCESS' }],
    ['with a code that is no status', { code: 404, name: 'Room' }],
    ['with a message beside code 200', { code: 200, message: 'Created' }],
    ['with an answer of a tool server', { content: [{ type: 'text', text: '{"slots":[]}' }], isError: false }],
    ['with text of no error', 'Error: none'],
    ['with text of a count of 0', 'Failed: 0, passed: 12'],
    ['with text of an error rate', 'Error rate 2 %'],
    ['with text that only looks like Python', "{name} can't book {'x'"],
    ['with a word that begins like failed', 'Failover is ready'],
  ];
  for (const [name, result] of cases) {
    it(name, () => assert.equal(failureOf(result), undefined));
  }
});
