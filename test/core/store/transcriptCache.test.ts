import assert from 'node:assert/strict';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptCache } from '../../../src/core/store/transcripts';
import { transcript, turn } from '../../media/conversations';

const transcriptWith = (text: string): Transcript => transcript([turn('user', text)]);
const row = (id: string, updatedAt = '2026-11-23 10:00:00') => ({ id, updatedAt });

describe('TranscriptCache', () => {
  it('returns transcripts of unchanged conversations, without the raw response', () => {
    const cache = new TranscriptCache();
    cache.set(row('a'), transcriptWith('hello'));
    assert.deepEqual(Object.keys(cache.get(row('a')) ?? {}), ['turns', 'variables']);
    assert.equal(cache.get(row('a'))?.turns[0]?.content, 'hello');
    assert.equal(cache.get(row('a', '2026-11-23 10:00:01')), undefined);
    assert.equal(cache.get(row('b')), undefined);
  });

  it('replaces a transcript with a newer one and is cleared when the account changes', () => {
    const cache = new TranscriptCache();
    cache.set(row('a'), transcriptWith('hello'));
    cache.set(row('a', 'later'), transcriptWith('more'));
    assert.equal(cache.get(row('a')), undefined);
    assert.equal(cache.get(row('a', 'later'))?.turns[0]?.content, 'more');
    cache.clear();
    assert.equal(cache.get(row('a', 'later')), undefined);
  });

  it("doesn't cache a row without a change time", () => {
    const cache = new TranscriptCache();
    cache.set(row('a', ''), transcriptWith('hello'));
    assert.equal(cache.get(row('a', '')), undefined);
  });

  it('evicts the least recently used transcripts and caches none above its size limit', () => {
    const cache = new TranscriptCache(1000);
    for (const id of ['a', 'b', 'c']) cache.set(row(id), transcriptWith('x'.repeat(250)));
    assert.ok(cache.get(row('a')));
    cache.set(row('d'), transcriptWith('x'.repeat(250)));
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].filter((id) => cache.get(row(id)) !== undefined),
      ['a', 'c', 'd'],
    );
    cache.set(row('e'), transcriptWith('x'.repeat(2000)));
    assert.deepEqual(
      ['a', 'c', 'd', 'e'].filter((id) => cache.get(row(id)) !== undefined),
      ['a', 'c', 'd'],
    );
    cache.set(row('a'), transcriptWith('x'.repeat(2000)));
    assert.equal(cache.get(row('a')), undefined, 'a stale transcript must not be returned');
  });

  it('counts arguments, results, and variables at any depth', () => {
    const cache = new TranscriptCache(1000);
    const deep = { list: [{ text: 'x'.repeat(2000) }] };
    cache.set(row('a'), {
      turns: [{ role: 'assistant', content: '', functionCalls: [{ name: 'f', arguments: deep, result: null }] }],
      variables: undefined,
    });
    cache.set(row('b'), { turns: [], variables: deep });
    assert.deepEqual([cache.get(row('a')), cache.get(row('b'))], [undefined, undefined]);
  });
});
