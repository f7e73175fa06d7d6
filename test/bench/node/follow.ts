import { Follower } from '../../../src/shell/follow/follower';
import { ManualClock } from '../../core/util/manualClock';
import { openClient, createStore } from '../support/client';
import type { Figure } from '../support/figure';
import { startBenchServer } from '../support/server';

const intervals = 11;
const intervalMs = 30_000;

/** Measures following an unchanged list and a hidden one. */
export async function figures(): Promise<readonly Figure[]> {
  const server = await startBenchServer({ count: 300 });
  const api = openClient(server.url);
  const store = createStore(api);
  const clock = new ManualClock();
  let requests = 1;
  let changeCount = 0;
  let polling: Promise<unknown> = Promise.resolve();
  const follower = new Follower({
    clock,
    random: () => 0.5,
    getSituation: () => ({
      isOn: true,
      isConnected: true,
      requests,
      intervalMs,
      unfocusedSince: undefined,
      waitUntil: undefined,
    }),
    poll: async (signal) => {
      const poll = store.poll('test', signal);
      polling = poll;
      await poll;
      return undefined;
    },
  });
  const runIntervals = async (): Promise<number> => {
    await server.forgetRequests();
    for (let interval = 0; interval < intervals; interval += 1) {
      await clock.advance(intervalMs);
      await polling;
      await clock.advance(0);
    }
    return (await server.requests()).length;
  };
  try {
    await store.open('test');
    follower.restart();
    store.onDidChange(() => (changeCount += 1));
    const visibleRequests = await runIntervals();
    requests = 0;
    follower.reconsider();
    const hiddenRequests = await runIntervals();
    const method = `the server's log over ${intervals} intervals of a fake clock`;
    const count = (name: string, amount: number, exactly: number, unit: 'requests' | ''): Figure => ({
      ...{ what: name, method, exactly },
      value: { amount, unit },
      control: { amount: intervals, unit: '', of: 'intervals' },
    });
    return [
      count('Follow, nothing new: requests', visibleRequests, intervals, 'requests'),
      count('Follow, nothing new: change events', changeCount, 0, ''),
      count('Follow, hidden: requests', hiddenRequests, 0, 'requests'),
    ];
  } finally {
    follower.dispose();
    api.dispose();
    server.stop();
  }
}
