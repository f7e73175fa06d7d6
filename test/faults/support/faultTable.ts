import assert from 'node:assert/strict';
import type { ApiErrorKind, UnexpectedAnswer } from '../../../src/core/api/errors';
import { systemClock, type Clock } from '../../../src/core/util/clock';
import type { Disposable } from '../../../src/core/util/disposable';
import { neverMs } from '../../core/api/support/client';
import { Chain, good, useServers } from './chain';
import type { RawServer, Serve } from './rawServer';

/** One way in which a server fails a reader, and what comes of it. */
export interface Fault {
  readonly name: string;
  /** What every request meets until the fault is over. */
  readonly serve: Serve;
  readonly kind: ApiErrorKind;
  readonly answer?: UnexpectedAnswer;
  /** The system's code. */
  readonly code?: RegExp;
  /** What the reader is told. */
  readonly says: RegExp;
  /** Requests that the server sees before the reader is told: 3 at most. */
  readonly attempts: number;
  /** For a server that is never done: how long one attempt may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** What else is to be seen when the reader was told. */
  readonly then?: (server: RawServer) => void;
}

/**
 * A test for each fault, in the first page and in a later one: an error of that kind, in those words, after so many attempts; what
 * was loaded stays; Retry works once the fault is over; and nothing secret is told anywhere.
 */
export function testFaults(faults: readonly Fault[]): void {
  const start = useServers();
  for (const fault of faults) {
    it(fault.name, async () => {
      await meets(fault, await start(), 'open');
      await meets(fault, await start(), 'more');
    });
  }
}

async function meets(fault: Fault, server: RawServer, work: 'open' | 'more'): Promise<void> {
  const chain = new Chain(
    server,
    fault.timeoutMs === undefined ? {} : { clock: clockOf(fault.timeoutMs, fault, server) },
  );
  const { store } = chain;
  server.serve = good;
  if (work === 'more') await store.open('test');
  const before = chain.ids;
  assert.equal(before.length, work === 'open' ? 0 : 1);

  server.serve = fault.serve;
  server.seen.length = 0;
  await (work === 'open' ? store.open('test') : store.loadMore('test'));
  const { error, words } = chain.failure;
  assert.equal(error.kind, fault.kind, error.message);
  assert.equal(error.answer, fault.answer);
  if (fault.code !== undefined) assert.match(error.code ?? '', fault.code);
  assert.match(words, fault.says);
  assert.equal(server.seen.length, fault.attempts);
  assert.ok(fault.attempts <= 3);
  assert.deepEqual(chain.ids, before, 'what was loaded stays');
  fault.then?.(server);

  server.serve = good;
  await store.retry('test');
  assert.equal(chain.list.state.kind, 'ready', 'Retry works');
  assert.deepEqual(chain.ids, work === 'open' ? ['one'] : ['one', 'two']);
  assert.deepEqual(chain.defects, []);
}

/**
 * The pauses between attempts are over at once. The time limit for an attempt begins when the server has met the request with
 * the fault: so a busy machine can't make it end before, nor end an attempt that goes well. It is the chain's own,
 * which no pause can be as long as: by that it is known here.
 */
function clockOf(timeLimit: number, { serve }: Fault, server: RawServer): Clock {
  return {
    now: systemClock.now,
    setTimeout: (callback, ms) => {
      if (ms !== neverMs) return systemClock.setTimeout(callback, 0);
      let timer: Disposable | undefined;
      const listening = server.onServed((served) => {
        if (served === serve) timer ??= systemClock.setTimeout(callback, timeLimit);
      });
      return {
        dispose: () => {
          listening.dispose();
          timer?.dispose();
        },
      };
    },
  };
}
