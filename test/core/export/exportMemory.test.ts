import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ConversationPage, ConversationsApi } from '../../../src/core/api/api';
import { decodeConversation } from '../../../src/core/api/decodeConversation';
import { RowWalk } from '../../../src/core/store/rowWalk';

describe('The rows of an export', () => {
  const count = 20_000;
  let pages: number;
  let made: WeakRef<object>[];

  /** Numbered pages, made when they are asked for. */
  const api = {
    origin: '',
    listConversations: (
      _query: unknown,
      { pointer, pageSize }: Parameters<ConversationsApi['listConversations']>[1],
    ): Promise<ConversationPage> => {
      pages += 1;
      const page = pointer?.style === 'page' ? pointer.page : 1;
      const length = Math.max(0, Math.min(pageSize, count - (page - 1) * pageSize));
      const rows = Array.from({ length }, (_, index) => {
        const row = decodeConversation({
          id: `id ${(page - 1) * pageSize + index}`,
          type: 'test',
          variables: { text: 'x'.repeat(100) },
        });
        assert.ok(row);
        made.push(new WeakRef(row));
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
    pages = 0;
    made = [];
  });

  const walk = (): AsyncGenerator<unknown> =>
    new RowWalk(api, {}).rows({ signal: new AbortController().signal, onFailure: () => Promise.resolve(false) });

  it('are not read far ahead of who takes them', async () => {
    const rows = walk();
    for (let taken = 0; taken < 10; taken += 1) await rows.next();
    for (let turn = 0; turn < 1000; turn += 1) await new Promise(setImmediate);
    assert.ok(pages <= 12, `${pages} pages`);
    await rows.return(undefined);
    const before = pages;
    for (let turn = 0; turn < 1000; turn += 1) await new Promise(setImmediate);
    assert.equal(pages, before, 'who takes no more wants no more');
  });

  it('are forgotten once they were taken', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    let taken = 0;
    for await (const _row of walk()) {
      taken += 1;
      if (taken < count / 2 || taken % 2000 !== 0) continue;
      await new Promise(setImmediate);
      gc();
      const alive = made.filter((each) => each.deref() !== undefined).length;
      assert.ok(alive < 3000, `${alive} of ${taken} are kept`);
    }
    assert.equal(taken, count);
  });
});
