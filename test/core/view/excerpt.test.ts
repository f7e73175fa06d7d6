import assert from 'node:assert/strict';
import { createExcerpt } from '../../../src/core/view/transcriptSearch';

describe('An excerpt', () => {
  it('is empty without matches', () =>
    assert.deepEqual(createExcerpt({ text: 'abc', ranges: [] }), { text: '', highlights: [] }));

  it("doesn't highlight invisible characters", () => {
    assert.deepEqual(createExcerpt({ text: 'a\u202eb', ranges: [[1, 2]] }), { text: 'ab', highlights: [] });
  });

  it("collapses and trims white space and doesn't highlight it", () => {
    assert.deepEqual(createExcerpt({ text: ' \n one \n two \n', ranges: [[7, 12]] }), {
      text: 'one two',
      highlights: [[4, 7]],
    });
    assert.deepEqual(
      createExcerpt({
        text: 'one  ',
        ranges: [
          [0, 3],
          [3, 5],
        ],
      }),
      { text: 'one', highlights: [[0, 3]] },
    );
    assert.deepEqual(createExcerpt({ text: `one${' '.repeat(40)}two`, ranges: [[43, 46]] }), {
      text: '…two',
      highlights: [[1, 4]],
    });
  });

  it('starts with the text if the match is near, or else with a word shortly before', () => {
    assert.deepEqual(createExcerpt({ text: 'one two three a found', ranges: [[16, 21]] }), {
      text: 'one two three a found',
      highlights: [[16, 21]],
    });
    assert.deepEqual(createExcerpt({ text: 'one two three is found', ranges: [[17, 22]] }), {
      text: '…two three is found',
      highlights: [[14, 19]],
    });
  });

  it('splits no character at its start or end', () => {
    assert.equal(
      createExcerpt({ text: `xx😀${'x'.repeat(15)}found`, ranges: [[19, 24]] }).text,
      `…😀${'x'.repeat(15)}found`,
    );
    assert.equal(
      createExcerpt({ text: `xxe\u0301${'x'.repeat(15)}found`, ranges: [[19, 24]] }).text,
      `…e\u0301${'x'.repeat(15)}found`,
    );
    assert.equal(createExcerpt({ text: `${'x'.repeat(119)}😀x`, ranges: [[0, 1]] }).text, `${'x'.repeat(119)}…`);
    assert.equal(
      createExcerpt({ text: `\u0301${'\u0302'.repeat(17)}found`, ranges: [[18, 23]] }).text.slice(-5),
      'found',
    );
  });

  it('leaves out matches beyond its end and shortens matches that cross it', () => {
    const { text, highlights } = createExcerpt({
      text: 'x'.repeat(300),
      ranges: [
        [0, 2],
        [110, 200],
        [250, 251],
      ],
    });
    assert.equal(text, `${'x'.repeat(120)}…`);
    assert.deepEqual(highlights, [
      [0, 2],
      [110, 120],
    ]);
  });
});
