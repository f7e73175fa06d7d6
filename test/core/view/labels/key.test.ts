import assert from 'node:assert/strict';
import { isLabelKey, hashLabelKey, hashLabelKeyOfRow } from '../../../../src/core/view/annotations';
import { row } from '../filterRows';

const origin = 'https://call.aiployees.com';
const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe('A key of the labels file', () => {
  it('is the SHA-256 of origin and ID, each after its length', () => {
    // printf '26:https://call.aiployees.com36:7c9e6679-7425-40de-944b-e07fc1f90ae7' | sha256sum
    assert.equal(hashLabelKey(origin, id), 'af882923086ff5281736fb7d2caf458ec35720a944369fe4a7147d5e5daa1d1c');
    assert.ok(isLabelKey(hashLabelKey(origin, id)));
  });

  it('differs for another server and for parts that only look equal when joined', () => {
    const keys = [
      hashLabelKey(origin, id),
      hashLabelKey('http://127.0.0.1:8080', id),
      hashLabelKey(`${origin}7`, id.slice(1)),
      hashLabelKey(id, origin),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });

  it('counts bytes, not characters', () => assert.notEqual(hashLabelKey('é', '1:x'), hashLabelKey('é1', ':x')));

  it('is cached per row for one server at a time', () => {
    const one = row({ id });
    assert.equal(hashLabelKeyOfRow(origin, one), hashLabelKey(origin, id));
    assert.equal(hashLabelKeyOfRow('https://other.example', one), hashLabelKey('https://other.example', id));
    assert.equal(hashLabelKeyOfRow(origin, one), hashLabelKey(origin, id));
  });

  for (const text of ['', 'F'.repeat(64), 'f'.repeat(63), `${'f'.repeat(64)}\n`, `x${'f'.repeat(64)}`, '__proto__']) {
    it(`isn't ${JSON.stringify(text)}`, () => assert.equal(isLabelKey(text), false));
  }
});
