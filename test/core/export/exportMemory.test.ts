import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ConversationPage, ConversationsApi } from '../../../src/core/api/api';
import { decodeConversation } from '../../../src/core/api/decodeConversation';
import { RowWalk } from '../../../src/core/store/rowWalk';

describe('The rows of an export', () => {
  const count = 20_000;
  let pageCount: number;
  let rowRefs: WeakRef<object>[];

  /** Creates numbered pages on request. */
  const api = {
    origin: '',
    listConversations: (
      _query: unknown,
      { pointer, pageSize }: Parameters<ConversationsApi['listConversations']>[1],
    ): Promise<ConversationPage> => {
      pageCount += 1;
      const page = pointer?.style === 'page' ? pointer.page : 1;
      const length = Math.max(0, Math.min(pageSize, count - (page - 1) * pageSize));
      const rows = Array.from({ length }, (_, index) => {
        const row = decodeConversation({
          id: `id ${(page - 1) * pageSize + index}`,
          type: 'test',
          variables: { text: 'x'.repeat(100) },
        });
        assert.ok(row);
        rowRefs.push(new WeakRef(row));
        return row;
      });
      return Promise.resolve({
        rows,
        rejected: [],
        envelope: {
          style: 'page',
          currentPage: page,
          lastPage: Math.ceil(count / pageSize),
          perPage: pageSize,
          total: count,
        },
      });
    },
  } as unknown as ConversationsApi;

  beforeEach(() => {
    pageCount = 0;
    rowRefs = [];
  });

  const readRows = (): AsyncGenerator<unknown> =>
    new RowWalk(api, {}).rows({ signal: new AbortController().signal, onFailure: () => Promise.resolve(false) });

  it('are loaded only slightly ahead of the caller', async () => {
    const rows = readRows();
    for (let rowCount = 0; rowCount < 10; rowCount += 1) await rows.next();
    for (let tick = 0; tick < 1000; tick += 1) await new Promise(setImmediate);
    assert.ok(pageCount <= 12, `${pageCount} pages`);
    await rows.return(undefined);
    const before = pageCount;
    for (let tick = 0; tick < 1000; tick += 1) await new Promise(setImmediate);
    assert.equal(pageCount, before, 'nothing is loaded after the caller stops');
  });

  it('are garbage collected once the caller has used them', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    let rowCount = 0;
    for await (const _row of readRows()) {
      rowCount += 1;
      if (rowCount < count / 2 || rowCount % 2000 !== 0) continue;
      await new Promise(setImmediate);
      gc();
      const alive = rowRefs.filter((each) => each.deref() !== undefined).length;
      assert.ok(alive < 3000, `${alive} of ${rowCount} are still in memory`);
    }
    assert.equal(rowCount, count);
  });
});
