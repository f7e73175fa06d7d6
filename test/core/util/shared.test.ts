import assert from 'node:assert/strict';
import { shared } from '../../../src/core/util/shared';

describe('a text in the place of many', () => {
  it('says what was said, however much else was said since', () => {
    const texts = Array.from({ length: 2500 }, (_, index) => `text ${index}`);
    assert.deepEqual(texts.map(shared), texts);
    assert.deepEqual(texts.map(shared), texts);
    assert.equal(shared(''), '');
  });
});
