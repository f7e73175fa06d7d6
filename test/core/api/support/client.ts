import assert from 'node:assert/strict';
import type { ConversationsApi } from '../../../../src/core/api/api';
import { createApiClient, type ApiClientOptions } from '../../../../src/core/api/client';
import { ApiError } from '../../../../src/core/api/errors';
import { createNodeFetchTransport } from '../../../../src/core/api/nodeFetchTransport';
import { RateGate } from '../../../../src/core/api/rateGate';
import { defaultRateLimits } from '../../../../src/core/api/rateLimits';
import type { RequestLogEntry } from '../../../../src/core/api/requester';
import { systemClock, type Clock } from '../../../../src/core/util/clock';

export const testKey = '41|Zx9kQ2mW7rT4yU1pA6sD8fG3hJ5lC0vB2nM4qE6w';

/** Longer than any wait that a test has the client make. */
export const farAway = 10_000_000;

/**
 * Waits of less than `farAway` are over at once, with the time moved on; longer ones never end. With `farAway` as the
 * time limit, a test sees how long the client waits without waiting.
 */
export class ImpatientClock implements Clock {
  readonly waits: number[] = [];
  private skipped = 0;

  now(): number {
    return Date.now() + this.skipped;
  }

  setTimeout(callback: () => void, ms: number): { dispose(): void } {
    if (ms >= farAway) return { dispose: () => undefined };
    this.waits.push(ms);
    const handle = setImmediate(() => {
      this.skipped += ms;
      callback();
    });
    return { dispose: () => clearImmediate(handle) };
  }
}

/** Lets so many through in a minute as nobody asks for. */
export function openGate(clock: Clock): RateGate {
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
    timeoutMs: farAway,
    clock: systemClock,
    log: (entry) => logged.push(entry),
    ...options,
  });
  return { api, logged };
}

/** A signal that nobody aborts. */
export function never(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}

export async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const outcome: unknown = await promise.then(
    (value) => assert.fail(`expected a failure, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof ApiError, String(outcome));
  return outcome;
}
