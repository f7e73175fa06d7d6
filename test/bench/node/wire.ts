import type { ListKey } from '../../../src/core/store/snapshot';
import { bareRequest, openClient, storeOver } from '../support/client';
import type { Figure } from '../support/figure';
import { startBenchServer } from '../support/server';
import { inTurns, median, timed } from '../support/statistics';

const list: ListKey = 'test';

/** Reading a page, from the store's `open` and `loadMore` to its rows, against the same page fetched bare. */
export async function figures(): Promise<readonly Figure[]> {
  const server = await startBenchServer({ count: 10_000 });
  const api = openClient(server.url);
  const found: Figure[] = [];
  try {
    for (const latencyMs of [50, 200]) {
      await server.configure({ latencyMs });
      let store = storeOver(api);
      const measured = await inTurns({
        expand: () => {
          store = storeOver(api);
          return timed(() => store.open(list));
        },
        bareFirst: () => timed(() => bareRequest(`${server.url}/user/conversations?type=test&per_page=30`)),
        loadMore: async () => {
          if (store.snapshot.lists.get(list)?.read !== true) await store.open(list);
          return timed(() => store.loadMore(list));
        },
        bareSecond: () => timed(() => bareRequest(`${server.url}/user/conversations?type=test&per_page=30&page=2`)),
      });
      const figure = (what: string, ours: readonly number[], bare: readonly number[]): Figure => ({
        what: `${what}, ${latencyMs} ms round trip`,
        method: 'client and store, median, in turns with a bare http request and JSON.parse of the same page',
        value: { amount: median(ours), unit: 'ms' },
        control: { amount: median(bare), unit: 'ms', of: 'bare' },
        atMost: 1.05,
      });
      found.push(
        figure('Expand', measured.expand, measured.bareFirst),
        figure('Load More', measured.loadMore, measured.bareSecond),
      );
    }
    return found;
  } finally {
    api.dispose();
    server.stop();
  }
}
