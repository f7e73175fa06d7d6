import assert from 'node:assert/strict';
import type { ApiErrorKind, UnexpectedResponse } from '../../../src/core/api/errors';
import { systemClock, type Clock } from '../../../src/core/util/abort';
import type { Disposable } from '../../../src/core/util/event';
import { neverMs } from '../../core/api/support/client';
import { Chain, good, useServers } from './chain';
import type { RawServer, Serve } from './rawServer';

/** A server fault and its expected effect. */
export interface Fault {
  readonly name: string;
  /** Handles every request until the fault is over. */
  readonly serve: Serve;
  readonly kind: ApiErrorKind;
  readonly answer?: UnexpectedResponse;
  readonly code?: RegExp;
  /** Message for the user. */
  readonly message: RegExp;
  /** Requests before the error is reported, at most 3. */
  readonly attempts: number;
  /** Time limit of an attempt, for a server that never finishes. */
  readonly timeoutMs?: number;
  /** Further checks after the error. */
  readonly then?: (server: RawServer) => void;
}

/** Defines a test for each fault, on the first page and on a later one. */
export function testFaults(faults: readonly Fault[]): void {
  const start = useServers();
  for (const fault of faults) {
    it(`is reported, keeps the loaded rows, and can be retried: ${fault.name}`, async () => {
      await checkFault(fault, await start(), 'open');
      await checkFault(fault, await start(), 'more');
    });
  }
}

async function checkFault(fault: Fault, server: RawServer, work: 'open' | 'more'): Promise<void> {
  const chain = new Chain(
    server,
    fault.timeoutMs === undefined ? {} : { clock: createClock(fault.timeoutMs, fault, server) },
  );
  const { store } = chain;
  server.serve = good;
  if (work === 'more') await store.open('test');
  const before = chain.ids;
  assert.equal(before.length, work === 'open' ? 0 : 1);

  server.serve = fault.serve;
  server.seen.length = 0;
  await (work === 'open' ? store.open('test') : store.loadMore('test'));
  const { error, message } = chain.failure;
  assert.equal(error.kind, fault.kind, error.message);
  assert.equal(error.unexpected, fault.answer);
  if (fault.code !== undefined) assert.match(error.code ?? '', fault.code);
  assert.match(message, fault.message);
  assert.equal(server.seen.length, fault.attempts);
  assert.ok(fault.attempts <= 3);
  assert.deepEqual(chain.ids, before, 'loaded rows stay');
  fault.then?.(server);

  server.serve = good;
  await store.retry('test');
  assert.equal(chain.list.state.kind, 'ready', 'Retry works');
  assert.deepEqual(chain.ids, work === 'open' ? ['one'] : ['one', 'two']);
  assert.deepEqual(chain.defects, []);
}

/**
 * Skips the pauses between attempts. The time limit starts only when the server has handled the request, so that a busy
 * machine can't make it expire earlier. It is the only timer of `farAway` milliseconds.
 */
function createClock(timeLimitMs: number, { serve }: Fault, server: RawServer): Clock {
  return {
    now: systemClock.now,
    setTimeout: (callback, ms) => {
      if (ms !== neverMs) return systemClock.setTimeout(callback, 0);
      let timer: Disposable | undefined;
      const listening = server.onServed((served) => {
        if (served === serve) timer ??= systemClock.setTimeout(callback, timeLimitMs);
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
