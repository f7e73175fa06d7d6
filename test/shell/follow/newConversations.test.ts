import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NewConversations } from '../../../src/shell/follow/newConversations';

describe('new conversations', () => {
  it('are new until they were seen, and tell only of differences', () => {
    const fresh = new NewConversations();
    let told = 0;
    fresh.onDidChange(() => (told += 1));
    fresh.arrived([{ id: 'one' }, { id: 'two' }]);
    fresh.arrived([{ id: 'one' }]);
    fresh.arrived([]);
    assert.deepEqual([fresh.all, told], [['one', 'two'], 1]);
    fresh.seen(['another']);
    assert.equal(told, 1);
    fresh.seen(['one', 'another']);
    assert.deepEqual([fresh.has('one'), fresh.has('two'), told], [false, true, 2]);
    fresh.clear();
    fresh.clear();
    assert.deepEqual([fresh.all, told], [[], 3]);
  });
});
