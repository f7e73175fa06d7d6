import assert from 'node:assert/strict';
import { NewConversations } from '../../../src/shell/follow/newConversations';

describe('new conversations', () => {
  it('stay new until they are marked as read, and emit only real changes', () => {
    const conversations = new NewConversations();
    let changeCount = 0;
    conversations.onDidChange(() => (changeCount += 1));
    conversations.add([{ id: 'one' }, { id: 'two' }]);
    conversations.add([{ id: 'one' }]);
    conversations.add([]);
    assert.deepEqual([conversations.all, changeCount], [['one', 'two'], 1]);
    conversations.markAsRead(['another']);
    assert.equal(changeCount, 1);
    conversations.markAsRead(['one', 'another']);
    assert.deepEqual([conversations.has('one'), conversations.has('two'), changeCount], [false, true, 2]);
    conversations.clear();
    conversations.clear();
    assert.deepEqual([conversations.all, changeCount], [[], 3]);
  });
});
