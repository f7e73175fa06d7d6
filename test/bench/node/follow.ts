import { Follower } from '../../../src/shell/follow/follower';
import { ManualClock } from '../../core/util/manualClock';
import { openClient, storeOver } from '../support/client';
import type { Figure } from '../support/figure';
import { startBenchServer } from '../support/server';

const intervals = 11;
const intervalMs = 30_000;

/** Following a list in which nothing happens, and one that nobody sees. */
export async function figures(): Promise<readonly Figure[]> {
  const server = await startBenchServer({ count: 300 });
  const api = openClient(server.url);
  const store = storeOver(api);
  const clock = new ManualClock();
  let requests = 1;
  let drawn = 0;
  let looking: Promise<unknown> = Promise.resolve();
  const follower = new Follower({
    clock,
    random: () => 0.5,
    situation: () => ({
      isOn: true,
      isConnected: true,
      requests,
      intervalMs,
      unfocusedSince: undefined,
      waitUntil: undefined,
    }),
    look: async (signal) => {
      const poll = store.poll('test', signal);
      looking = poll;
      await poll;
      return undefined;
    },
  });
  const pass = async (): Promise<number> => {
    await server.forgetRequests();
    for (let interval = 0; interval < intervals; interval += 1) {
      await clock.advance(intervalMs);
      await looking;
      await clock.advance(0);
    }
    return (await server.requests()).length;
  };
  try {
    await store.open('test');
    follower.restart();
    store.onDidChange(() => (drawn += 1));
    const seen = await pass();
    requests = 0;
    follower.reconsider();
    const hidden = await pass();
    const method = `the server’s log over ${intervals} intervals of a clock of the bench`;
    const count = (what: string, amount: number, exactly: number, unit: 'requests' | ''): Figure => ({
      ...{ what, method, exactly },
      value: { amount, unit },
      control: { amount: intervals, unit: '', of: 'intervals' },
    });
    return [
      count('Follow, nothing new: requests', seen, intervals, 'requests'),
      count('Follow, nothing new: changes told to who draws', drawn, 0, ''),
      count('Follow, hidden: requests', hidden, 0, 'requests'),
    ];
  } finally {
    follower.dispose();
    api.dispose();
    server.stop();
  }
}
