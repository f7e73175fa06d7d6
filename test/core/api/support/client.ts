import assert from 'node:assert/strict';
import type { ConversationsApi } from '../../../../src/core/api/api';
import { createApiClient, type ApiClientOptions } from '../../../../src/core/api/client';
import { ApiError } from '../../../../src/core/api/errors';
import { createNodeFetchTransport } from '../../../../src/core/api/transport';
import { RateGate } from '../../../../src/core/api/rateGate';
import { defaultRateLimits } from '../../../../src/core/api/rateLimits';
import type { RequestLogEntry } from '../../../../src/core/api/requester';
import { systemClock, type Clock } from '../../../../src/core/util/abort';

export const testKey = '41|Zx9kQ2mW7rT4yU1pA6sD8fG3hJ5lC0vB2nM4qE6w';

/** Longer than any wait in a test: the fake clock never fires such a timer. */
export const neverMs = 10_000_000;

/** Ends waits shorter than `neverMs` immediately and advances the time; longer waits never end. */
export class ImpatientClock implements Clock {
  readonly waits: number[] = [];
  private skipped = 0;

  now(): number {
    return Date.now() + this.skipped;
  }

  setTimeout(callback: () => void, ms: number): { dispose(): void } {
    if (ms >= neverMs) return { dispose: () => undefined };
    this.waits.push(ms);
    const handle = setImmediate(() => {
      this.skipped += ms;
      callback();
    });
    return { dispose: () => clearImmediate(handle) };
  }
}

/** Returns a gate with a budget that no test exhausts. */
export function createOpenGate(clock: Clock): RateGate {
  return new RateGate(clock, { ...defaultRateLimits, budget: 1_000_000 });
}

export interface TestClient {
  readonly api: ConversationsApi;
  readonly logged: RequestLogEntry[];
}

export function clientFor(baseUrl: string, options: Partial<ApiClientOptions> = {}): TestClient {
  const logged: RequestLogEntry[] = [];
  const api = createApiClient({
    baseUrl,
    key: testKey,
    transport: createNodeFetchTransport(),
    timeoutMs: neverMs,
    clock: systemClock,
    log: (entry) => logged.push(entry),
    ...options,
  });
  return { api, logged };
}

/** Returns a signal that is never aborted. */
export function never(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}

export async function catchFailure(promise: Promise<unknown>): Promise<ApiError> {
  const outcome: unknown = await promise.then(
    (value) => assert.fail(`expected a failure, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof ApiError, String(outcome));
  return outcome;
}
