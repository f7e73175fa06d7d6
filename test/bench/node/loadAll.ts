import { bareRequest, openClient, storeOver } from '../support/client';
import { exportAll } from '../support/export';
import type { Figure } from '../support/figure';
import { startBenchServer } from '../support/server';
import { inTurns, median, timed } from '../support/statistics';

const count = 10_000;
const pages = count / 100;
const latencyMs = 50;

/** Load All and an export of 10,000 conversations with the limiter open, against as many round trips as there must be. */
export async function figures(): Promise<readonly Figure[]> {
  const found: Figure[] = [];
  for (const style of ['page', 'cursor'] as const) {
    const server = await startBenchServer({ count, style, latencyMs });
    const api = openClient(server.url);
    const loadAll = async (): Promise<number> => {
      const store = storeOver(api, 100);
      // The group that is to be loaded is on the screen.
      await store.open('test');
      const ms = await timed(() => store.loadAll('test', new AbortController().signal));
      if (store.snapshot.rows.length !== count) throw new Error(`${store.snapshot.rows.length} rows were loaded`);
      return ms;
    };
    const exported = async (): Promise<void> => {
      const written = await exportAll(api, 'test', () => undefined);
      if (written !== count) throw new Error(`${written} were exported`);
    };
    try {
      const measured = await inTurns({
        roundTrip: () => timed(() => bareRequest(`${server.url}/user/conversations?type=test&per_page=100`)),
        loadAll,
        exported: () => timed(exported),
      });
      const trips = style === 'page' ? Math.ceil(pages / 4) : pages;
      const figure = (what: string, times: readonly number[]): Figure => ({
        what: `${what} of 10,000, ${style === 'page' ? 'numbered pages' : 'cursor'}`,
        method: `limiter open, ${latencyMs} ms round trip, median, against ${trips} round trips of a bare request of 100 rows`,
        value: { amount: median(times), unit: 'ms' },
        control: { amount: trips * median(measured.roundTrip), unit: 'ms', of: 'ideal' },
        atMost: 1.1,
      });
      found.push(figure('Load All', measured.loadAll), figure('Export', measured.exported));
    } finally {
      api.dispose();
      server.stop();
    }
  }
  return found;
}
