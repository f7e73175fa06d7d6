import assert from 'node:assert/strict';
import { excerptOf } from '../../../src/core/view/transcriptSearch/excerpt';

describe('an excerpt', () => {
  it('is nothing where nothing was found', () => assert.deepEqual(excerptOf({ text: 'abc', ranges: [] }), { text: '', highlights: [] }));

  it('marks nothing that cannot be seen', () => {
    assert.deepEqual(excerptOf({ text: 'a\u202eb', ranges: [[1, 2]] }), { text: 'ab', highlights: [] });
  });

  it('leaves out what was found too far behind, and cuts what reaches over its end', () => {
    const { text, highlights } = excerptOf({ text: 'x'.repeat(300), ranges: [[0, 2], [110, 200], [250, 251]] });
    assert.equal(text, `${'x'.repeat(120)}…`);
    assert.deepEqual(highlights, [[0, 2], [110, 120]]);
  });
});
