import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptCache } from '../../../src/core/store/transcriptCache';
import { transcript, turn } from '../../media/conversations';

const said = (text: string): Transcript => transcript([turn('user', text)]);
const row = (id: string, updatedAt = '2026-11-23 10:00:00') => ({ id, updatedAt });

describe('kept transcripts', () => {
  it('are given back while the conversation has not changed, and without their raw answer', () => {
    const cache = new TranscriptCache();
    cache.keep(row('a'), said('hello'));
    assert.deepEqual(Object.keys(cache.get(row('a')) ?? {}), ['turns', 'variables']);
    assert.equal(cache.get(row('a'))?.turns[0]?.content, 'hello');
    assert.equal(cache.get(row('a', '2026-11-23 10:00:01')), undefined);
    assert.equal(cache.get(row('b')), undefined);
  });

  it('are replaced by what came later, and gone after a change of account', () => {
    const cache = new TranscriptCache();
    cache.keep(row('a'), said('hello'));
    cache.keep(row('a', 'later'), said('more'));
    assert.equal(cache.get(row('a')), undefined);
    assert.equal(cache.get(row('a', 'later'))?.turns[0]?.content, 'more');
    cache.clear();
    assert.equal(cache.get(row('a', 'later')), undefined);
  });

  it('are not kept where the row does not say when it changed', () => {
    const cache = new TranscriptCache();
    cache.keep(row('a', ''), said('hello'));
    assert.equal(cache.get(row('a', '')), undefined);
  });

  it('stay within the bound: what was used least lately goes first, and what is larger than the bound is not kept', () => {
    const cache = new TranscriptCache(1000);
    for (const id of ['a', 'b', 'c']) cache.keep(row(id), said('x'.repeat(250)));
    assert.ok(cache.get(row('a')));
    cache.keep(row('d'), said('x'.repeat(250)));
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].filter((id) => cache.get(row(id)) !== undefined),
      ['a', 'c', 'd'],
    );
    cache.keep(row('e'), said('x'.repeat(2000)));
    assert.deepEqual(
      ['a', 'c', 'd', 'e'].filter((id) => cache.get(row(id)) !== undefined),
      ['a', 'c', 'd'],
    );
    cache.keep(row('a'), said('x'.repeat(2000)));
    assert.equal(cache.get(row('a')), undefined, 'an old one must not pass for it');
  });

  it('count arguments, results and variables, however deep', () => {
    const cache = new TranscriptCache(1000);
    const deep = { list: [{ text: 'x'.repeat(2000) }] };
    cache.keep(row('a'), {
      turns: [{ role: 'assistant', content: '', functionCalls: [{ name: 'f', arguments: deep, result: null }] }],
      variables: undefined,
    });
    cache.keep(row('b'), { turns: [], variables: deep });
    assert.deepEqual([cache.get(row('a')), cache.get(row('b'))], [undefined, undefined]);
  });
});
