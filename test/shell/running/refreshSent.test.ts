import assert from 'node:assert/strict';
import type { ConversationsApi } from '../../../src/core/api/api';
import type { ConversationStore } from '../../../src/core/store/store';
import type { SampleConversation } from '../../../src/sample/wire';
import { refreshSent } from '../../../src/shell/running/refreshSent';
import { openClient, createStore } from '../../bench/support/client';
import { startSampleServer, type SampleServer } from '../../support/sampleServer';

const hour = 3_600_000;

describe('row of a conversation that a message was sent to', () => {
  let server: SampleServer;
  let api: ConversationsApi;
  let store: ConversationStore;
  let rows: SampleConversation[];
  beforeEach(async () => {
    server = await startSampleServer({ count: 0, fixtures: false });
    // Created between an hour and ten days ago.
    rows = Array.from({ length: 240 }, (_, index) =>
      server.addConversation({ type: 'test', createdAt: Date.now() - (240 - index) * hour, history: [] }),
    );
    api = openClient(server.url);
    store = createStore(api, 20);
    await store.open('test');
    while (store.snapshot.lists.get('test')?.hasMore === true) await store.loadMore('test');
    server.forgetRequests();
  });
  afterEach(() => api.dispose());
  afterEach(() => server.close());

  for (const [where, index] of [
    ['at the top', 239],
    ['on a page far below', 3],
  ] as const) {
    it(`gets its new message count with two requests ${where} of its list`, async () => {
      const { id } = rows[index] ?? assert.fail();
      assert.equal(store.find(id)?.messageCount, 0);
      await api.sendMessage(id, 'Hello', { signal: new AbortController().signal });
      let changes = 0;
      store.onDidChange((keys) => (changes += keys.has('test') ? 1 : 0));
      await refreshSent(store, () => api, id);
      assert.equal(store.find(id)?.messageCount, 2);
      assert.ok(changes > 0);
      assert.equal(server.listQueries().length, 2);
    });
  }

  it('stays unchanged if the server fails', async () => {
    const { id } = rows[3] ?? assert.fail();
    server.failNext({ match: '/user/conversations', status: 404, times: 5 });
    await refreshSent(store, () => api, id);
    assert.equal(store.find(id)?.messageCount, 0);
  });
});
