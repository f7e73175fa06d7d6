import type { Figure } from '../support/figure';
import { runInHost } from '../support/hostRun';
import { startBenchServer } from '../support/server';

/** Runs the measurements that need VS Code in its extension host. */
export async function figures(): Promise<readonly Figure[]> {
  const server = await startBenchServer({ count: 20_000, assistants: 1 });
  try {
    const [found = []] = await runInHost<readonly Figure[]>({
      folder: 'host',
      windows: [{ AIPLOYEES_BENCH_SERVER: server.url }],
    });
    return found;
  } finally {
    server.stop();
  }
}
