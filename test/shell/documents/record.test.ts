import assert from 'node:assert/strict';
import { createFileName, formatRawDocument } from '../../../src/shell/documents/record';
import { conversation, transcript } from '../../media/conversations';

describe('a conversation as a JSON document', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['named after the short ID', '7c9e6679-7425', 'conversation-7c9e6679.json'],
    ['without the path characters of an ID', '../../etc', 'conversation-et.json'],
    ['without an ID if the ID has no letters', '///', 'conversation.json'],
  ];
  for (const [name, id, expected] of cases) {
    it(`has a file name ${name}`, () => assert.equal(createFileName(id), expected));
  }

  it("contains the record with the API's field names and the unchanged body", () => {
    const body = { status: true, history: [{ role: 'user', content: 'hi', odd: null }] };
    const text = formatRawDocument(conversation({ totalCost: '0.00450000' }), transcript([], { raw: body }));
    const record = JSON.parse(text) as { conversation: Record<string, unknown>; transcript: unknown };
    assert.equal(record.conversation['total_cost'], '0.00450000');
    assert.equal(record.conversation['created_at'], '2026-11-23 09:14:03');
    assert.deepEqual(record.transcript, body);
    assert.match(text, /^\{\n {2}"conversation": \{\n/);
  });

  it("contains only the transcript if the record isn't loaded", () => {
    assert.deepEqual(JSON.parse(formatRawDocument(undefined, transcript([], { raw: [] }))), { transcript: [] });
  });
});
