import type { ListKey } from '../../../src/core/store/snapshot';
import { bareRequest, openClient, createStore } from '../support/client';
import type { Figure } from '../support/figure';
import { startBenchServer } from '../support/server';
import { measureAlternately, median, measureMs } from '../support/statistics';

const list: ListKey = 'test';

/** Measures loading a page through the client and the store, against a bare request of the same page. */
export async function figures(): Promise<readonly Figure[]> {
  const server = await startBenchServer({ count: 10_000 });
  const api = openClient(server.url);
  const figureList: Figure[] = [];
  try {
    for (const latencyMs of [50, 200]) {
      await server.configure({ latencyMs });
      let store = createStore(api);
      const measured = await measureAlternately({
        expand: () => {
          store = createStore(api);
          return measureMs(() => store.open(list));
        },
        bareFirst: () => measureMs(() => bareRequest(`${server.url}/user/conversations?type=test&per_page=30`)),
        loadMore: async () => {
          if (store.snapshot.lists.get(list)?.read !== true) await store.open(list);
          return measureMs(() => store.loadMore(list));
        },
        bareSecond: () => measureMs(() => bareRequest(`${server.url}/user/conversations?type=test&per_page=30&page=2`)),
      });
      const figure = (what: string, product: readonly number[], bare: readonly number[]): Figure => ({
        what: `${what}, ${latencyMs} ms round trip`,
        method: 'client and store, median, in turns with a bare http request and JSON.parse of the same page',
        value: { amount: median(product), unit: 'ms' },
        control: { amount: median(bare), unit: 'ms', of: 'bare' },
        atMost: 1.05,
      });
      figureList.push(
        figure('Expand', measured.expand, measured.bareFirst),
        figure('Load More', measured.loadMore, measured.bareSecond),
      );
    }
    return figureList;
  } finally {
    api.dispose();
    server.stop();
  }
}
