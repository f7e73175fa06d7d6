import { bareRequest, openClient, createStore } from '../support/client';
import { exportAll } from '../support/export';
import type { Figure } from '../support/figure';
import { startBenchServer } from '../support/server';
import { measureAlternately, median, measureMs } from '../support/statistics';

const count = 10_000;
const pages = count / 100;
const latencyMs = 50;

/** Measures Load All and an export of 10,000 conversations without a rate limit, against the necessary round trips. */
export async function figures(): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  for (const style of ['page', 'cursor'] as const) {
    const server = await startBenchServer({ count, style, latencyMs });
    const api = openClient(server.url);
    const loadAll = async (): Promise<number> => {
      const store = createStore(api, 100);
      // The group is already visible.
      await store.open('test');
      const ms = await measureMs(() => store.loadAll('test', new AbortController().signal));
      if (store.snapshot.rows.length !== count) throw new Error(`${store.snapshot.rows.length} rows were loaded`);
      return ms;
    };
    const runExport = async (): Promise<void> => {
      const exportedCount = await exportAll(api, 'test', () => undefined);
      if (exportedCount !== count) throw new Error(`${exportedCount} were exported`);
    };
    try {
      const measured = await measureAlternately({
        roundTrip: () => measureMs(() => bareRequest(`${server.url}/user/conversations?type=test&per_page=100`)),
        loadAll,
        runExport: () => measureMs(runExport),
      });
      const trips = style === 'page' ? Math.ceil(pages / 4) : pages;
      const figure = (name: string, times: readonly number[]): Figure => ({
        what: `${name} of 10,000, ${style === 'page' ? 'numbered pages' : 'cursor'}`,
        method: `no rate limit, ${latencyMs} ms round trip, median, against ${trips} round trips of a bare request of 100 rows`,
        value: { amount: median(times), unit: 'ms' },
        control: { amount: trips * median(measured.roundTrip), unit: 'ms', of: 'ideal' },
        atMost: 1.1,
      });
      found.push(figure('Load All', measured.loadAll), figure('Export', measured.runExport));
    } finally {
      api.dispose();
      server.stop();
    }
  }
  return found;
}
