import assert from 'node:assert/strict';
import type { JsonValue } from '../../../src/core/model/json';
import { parse } from '../../../src/core/util/parseJson';
import { findCallFailure } from '../../../src/core/view/detailsFailure';

describe('A failed tool call', () => {
  const cases: readonly (readonly [string, JsonValue, string | undefined])[] = [
    ['an error text', { error: 'no such slot' }, 'no such slot'],
    ['an error with a message', { error: { code: 7, message: 'no such slot' } }, 'no such slot'],
    ['an error that is true', { error: true }, undefined],
    ['an error that is true with a message', { error: true, message: 'no such slot' }, 'no such slot'],
    ['success that is false', { success: false, message: 'full' }, 'full'],
    ['success that is false as text', { success: 'false' }, undefined],
    ['ok that is false', { ok: false }, undefined],
    ['a status word', { status: 'FAILED', reason: 'full' }, 'full'],
    ['a status that is false', { status: false, error: 'Conversation not found' }, 'Conversation not found'],
    ['an HTTP status', { status: 503, detail: 'down' }, 'down'],
    ['an HTTP status as text', { statusCode: '404' }, undefined],
    ['errors of fields', { message: 'Invalid.', errors: { day: ['The day is over.'] } }, 'Invalid.'],
    ['errors in a list', { errors: [{ message: 'The day is over.' }] }, 'The day is over.'],
    [
      'an error whose text is nested too deep',
      { error: { error: { error: { error: { error: 'deep' } } } } },
      undefined,
    ],
    ['an error in lists nested too deep', { error: [[[['deep']]]] }, undefined],
    ['an error with a blank message and a reason', { error: { message: ' ', reason: 'full' } }, 'full'],
    ['an error flag of a tool server', { isError: true, content: [] }, undefined],
    ['an error number', { error: 7, message: 'full' }, 'full'],
    ['success that is 0', { success: 0 }, undefined],
    ['only a status that is false', { status: false }, undefined],
    ['a status with white space around it', { status: ' failed ' }, undefined],
    ['the lowest HTTP error status', { status_code: 400 }, undefined],
    ['the highest HTTP error status', { statusCode: '599' }, undefined],
    ['JSON inside a string', '{"success":false,"error":"full"}', 'full'],
    ['JSON inside a string, twice', '"{\\"error\\":\\"full\\"}"', 'full'],
    ['a wrapped result', { result: { error: 'full' } }, 'full'],
    ['a result wrapped in a string', { body: '{"ok":false}' }, undefined],
    ['text that starts with Error', 'Error: connection refused', 'Error: connection refused'],
    ['text that starts with an error type', 'TypeError: x is undefined', 'TypeError: x is undefined'],
    ['text of a failure', 'Failed to reach the calendar', 'Failed to reach the calendar'],
    ['text of a timeout', 'Timed out after 30 s', 'Timed out after 30 s'],
    ['text with trailing white space', 'Error: full \n', 'Error: full'],
    ['success that is false next to NaN', '{"success": false, "score": NaN}', undefined],
    ['an error next to an infinite number', '{"error": "full", "limit": -Infinity}', 'full'],
    ['Python output', "{'ok': False, 'error': 'slot taken'}", 'slot taken'],
    [
      'Python output with objects, tuples, bytes, and quotes',
      `{'at': datetime.datetime(2026, 11, 25, fold=1), 'paid': Decimal('1.50'), 'x': (1,), 'b': b'\\x00', 'error': "it's taken", 'none': None}`,
      "it's taken",
    ],
    ['JavaScript output', "{ ok: false, error: 'slot taken', id: undefined, }", 'slot taken'],
    ['Python output wrapped in JSON', { result: "{'error': 'slot taken'}" }, 'slot taken'],
    ['an error that is JSON in a string', { error: '{"code":7,"message":"full"}' }, 'full'],
    ['an error with code 0 and an error message', { error: { code: 0, message: 'Slot taken' } }, 'Slot taken'],
    ['an error with only a code', { error: { code: 7 } }, undefined],
    ['an error in a list with empty ones', { errors: [null, '', 'full'] }, undefined],
    [
      'an error text that starts with no',
      { error: 'No error handler is registered' },
      'No error handler is registered',
    ],
    ['an error next to a flag that is false', { isError: false, error: 'full' }, 'full'],
    ['a message if the error is only a word for none', { success: false, error: 'None', message: 'full' }, 'full'],
    ['capitalized field names', { Success: false, ErrorMessage: 'full' }, 'full'],
    ['an error field with another name', { error_message: 'full' }, 'full'],
    ['an error number with another name', { errcode: 40001, errmsg: 'full' }, 'full'],
    ['an error flag with another name', { is_error: 'true' }, undefined],
    ['success that is False as in Python', { success: 'False' }, undefined],
    ['an HTTP status with its text', { status: '404 Not Found' }, undefined],
    ['an HTTP code with a message', { code: 404, message: 'No such slot' }, 'No such slot'],
    ['an exception with a message', { message: 'full', exception: 'RuntimeException' }, 'full'],
    ['a result word', { result: 'error', message: 'full' }, 'full'],
    [
      'an error response of a tool server',
      { content: [{ type: 'text', text: 'The slot is taken' }], isError: true },
      'The slot is taken',
    ],
    [
      'a JSON response of a tool server',
      { content: [{ type: 'text', text: '{"error":"full"}' }], isError: false },
      'full',
    ],
    ['only the content of a tool server response', [{ type: 'text', text: 'Error: full' }], 'Error: full'],
    ['a wrapped result next to its status', { statusCode: 200, headers: {}, body: '{"ok":false}' }, undefined],
    ['text of a failed request', 'Request failed with status code 500', 'Request failed with status code 500'],
    ['text of an HTTP status', 'HTTP/1.1 502 Bad Gateway', 'HTTP/1.1 502 Bad Gateway'],
    ['text of an HTTP status without HTTP', '404 Not Found', '404 Not Found'],
    ['text of a response in Python', '<Response [500]>', '<Response [500]>'],
    ['text of an error number', 'Error code: 0x80070005', 'Error code: 0x80070005'],
    ['multiline text', 'Traceback (most recent call last):\n  File "x"', 'Traceback (most recent call last): File "x"'],
  ];
  for (const [name, result, reason] of cases) {
    it(`is recognized by ${name}`, () => assert.deepEqual(findCallFailure(result), { reason }));
  }

  const duplicateFields: readonly (readonly [string, string | undefined])[] = [
    ['{"error":"full","error":null}', 'full'],
    ['{"success":false,"success":true,"message":"full"}', 'full'],
    ['{"is_error":true,"isError":false}', undefined],
    ['{"error":{"message":"full","message":""}}', 'full'],
    ['{"result":{"ok":false,"reason":"full"},"result":{"ok":true}}', 'full'],
    ['{"message":"","message":"full","code":503,"code":200}', 'full'],
  ];
  for (const [json, reason] of duplicateFields)
    it(`is recognized by one of two duplicate fields in ${json}`, () =>
      assert.deepEqual([findCallFailure(parse(json)), findCallFailure(json)], [{ reason }, { reason }]));

  it('is recognized quickly by an error after very many spaces', () => {
    const startedAt = performance.now();
    assert.deepEqual(findCallFailure({ error: `${' '.repeat(1_000_000)}full` }), { reason: 'full' });
    assert.ok(performance.now() - startedAt < 1000);
  });

  it('has a reason of bounded length', () => {
    const reason = findCallFailure({ error: 'no '.repeat(10_000) })?.reason ?? '';
    assert.equal(reason.length <= 160, true);
    assert.match(reason, /no…$/);
    const maximalReason = `Error: ${'x'.repeat(153)}`;
    assert.deepEqual(findCallFailure(maximalReason), { reason: maximalReason });
  });
});

describe("A tool call that hasn't failed", () => {
  const cases: readonly (readonly [string, JsonValue | undefined])[] = [
    ['without a result', undefined],
    ['with null', null],
    ['with an empty list', []],
    ['with a list that contains an error', [{ error: 'x' }]],
    ['with success', { success: true, error: null }],
    ['with an empty error', { error: '', errors: [] }],
    ['with an error that says none', { error: 'none' }],
    ['with an error that says none in other words', { error: '\n NULL \u00a0', errors: ' No' }],
    ['with an error that is false as text', { error: 'False ' }],
    ['with a blank error', { error: ' \t\n' }],
    ['with error number 0', { error: 0 }],
    ['with a status of success', { status: 'ok' }],
    ['with a nested order that failed', { status: 'pending', order: { status: 'failed' } }],
    ['with HTTP 200', { status: 200 }],
    ['with a status that is not an HTTP error', { status: 399, statusCode: 600, status_code: '4040' }],
    ['with a status that is not a three-digit number', { status: '0404', statusCode: '4e2', status_code: '404.5' }],
    ['with an empty error object', { error: {} }],
    ['with a result wrapped more than twice', { data: { result: { body: { error: 'x' } } } }],
    ['with one field that is not a wrapper', { order: { error: 'x' } }],
    ['with a number of 404 items', { count: 404 }],
    ['with text about errors', 'No error was found.'],
    ['with text about the absence of errors', 'Error-free since Monday'],
    ['with several fields, one of which contains an error', { data: { error: 'x' }, more: 1 }],
    ['with the error text "No error"', { error: 'No error', rows: 3 }],
    ['with an error of code 0', { error: { code: 0, message: '' }, data: 1 }],
    ['with an error of code 0 as text', { error: '0' }],
    ['with an error of code 0 and a success message', { error: { code: 0, message: 'Success' } }],
    ['with an error of code 200', { error: { code: '200', message: 'OK.' } }],
    ['with an error object of null fields', { error: { code: null, message: null } }],
    ['with an error of code 0 and other fields', { error: { code: 0, at: 1_764_500_000, retries: 3 } }],
    ['with an error that is false', { error: false }],
    ['with a list of empty errors', { errors: [null, '', {}, []] }],
    ['with an error that is empty JSON in a string', { error: '{}', errors: '[]' }],
    ['with an error count of 0', { errors: { count: 0, items: [] } }],
    [
      'with an error message that says no errors',
      { error_message: 'No errors were found.', error_code: 0, errno: '0' },
    ],
    ['with error flags that are false', { isError: false, has_error: 0, failed: 0 }],
    ['with Python output of a success', "{'ok': True, 'error': None}"],
    ['with a success next to NaN', '{"success": true, "error": null, "score": NaN}'],
    ['with a German "no error"', { error: 'Kein Fehler' }],
    ['with a Spanish "no errors"', { error: 'Sin errores.' }],
    ['with a success word as status and error', { status: 'SUCCESS', error: 'SUCCESS' }],
    ['with a code that is not a status', { code: 404, name: 'Room' }],
    ['with a message and code 200', { code: 200, message: 'Created' }],
    ['with a success response of a tool server', { content: [{ type: 'text', text: '{"slots":[]}' }], isError: false }],
    ['with text that says no error', 'Error: none'],
    ['with text of a failure count of 0', 'Failed: 0, passed: 12'],
    ['with text of an error rate', 'Error rate 2 %'],
    ['with text that only looks like Python', "{name} can't book {'x'"],
    ['with a word that starts like failed', 'Failover is ready'],
  ];
  for (const [name, result] of cases) {
    it(`is recognized ${name}`, () => assert.equal(findCallFailure(result), undefined));
  }
});
