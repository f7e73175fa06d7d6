import assert from 'node:assert/strict';
import { redact } from '../../../src/core/text/redact';

describe('redact', () => {
  it('removes keys in all forms', () => {
    const table: readonly [string, string][] = [
      ['Authorization: Bearer 41|Zx9abcdefghij', 'Authorization: Bearer …'],
      ['header "authorization":"Bearer 41|Zx9abcdefghij"', 'header "authorization":"Bearer …"'],
      ['the key 41|Zx9abcdefghij was refused', 'the key … was refused'],
      ['?token=Zx9abcdefghij&page=2', '?token=…'],
      ['key 41%7CZx9abcdefghij', 'key …'],
      ['api_key: secret-thing, page 2', 'api_key: …, page 2'],
      ["{ apiKey: 'Zx9abcdefghij' }", "{ apiKey: '…' }"],
    ];
    for (const [text, expected] of table) assert.equal(redact(text), expected);
  });

  it('shortens conversation IDs, hexadecimal or not', () => {
    assert.equal(
      redact('GET /conversations/7c9e6679-7425-40de-944b-e07fc1f90ae7 404'),
      'GET /conversations/7c9e6679… 404',
    );
    assert.equal(redact('8d0f7780-8536-51ef-055c-f18fd2g01bf8'), '8d0f7780…');
  });

  it('leaves everything else unchanged', () => {
    const line = 'GET /api/user/conversations?type=test&per_page=30 200 143 ms (attempt 2)';
    assert.equal(redact(line), line);
    assert.equal(redact('a bearer of news'), 'a bearer … news');
  });
});
