import assert from 'node:assert/strict';
import { intern } from '../../../src/core/util/memoize';

describe('intern', () => {
  it('returns equal text, however many other texts follow', () => {
    const texts = Array.from({ length: 2500 }, (_, index) => `text ${index}`);
    assert.deepEqual(texts.map(intern), texts);
    assert.deepEqual(texts.map(intern), texts);
    assert.equal(intern(''), '');
  });
});
