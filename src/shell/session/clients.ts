import { createHash } from 'node:crypto';
import type { ConversationsApi } from '../../core/api/api';
import { createApiClient } from '../../core/api/client';
import { createNodeFetchTransport, type Transport } from '../../core/api/transport';
import type { RequestLog } from '../../core/api/requester';
import { RateGate } from '../../core/api/rateGate';
import { defaultRateLimits } from '../../core/api/rateLimits';
import { systemClock, type Clock } from '../../core/util/abort';
import { sampleBaseUrl } from '../../sample/baseUrl';

export interface ClientOptions {
  /** Called for each new client. */
  readonly timeoutMs: () => number;
  readonly log: RequestLog;
  readonly userAgent: string;
  readonly clock?: Clock;
  /** Whether sample conversations grow now. By default they don't change. */
  readonly sampleGrows?: (() => boolean) | undefined;
}

export interface Clients {
  /** Takes results of `parseBaseUrl` and `cleanKey`. */
  create(target: { readonly baseUrl: string; readonly key: string }): ConversationsApi;
  createSample(): ConversationsApi;
}

/** All clients share one transport, so they share its connections. */
export function createClients({ timeoutMs, sampleGrows = () => false, ...shared }: ClientOptions): Clients {
  const transport = createNodeFetchTransport();
  const { clock = systemClock } = shared;
  /**
   * Each key's latest gate, because the server limits requests per key. Digests, so that no removed key stays in memory.
   */
  const gates = new Map<string, RateGate>();
  const createGate = (target: string): RateGate => {
    const gate = new RateGate(clock, defaultRateLimits, gates.get(target));
    gates.set(target, gate);
    return gate;
  };
  return {
    create: ({ baseUrl, key }) =>
      createApiClient({
        ...shared,
        baseUrl,
        key,
        transport,
        timeoutMs: timeoutMs(),
        gate: createGate(createHash('sha256').update(`${baseUrl} ${key}`).digest('base64')),
      }),
    createSample: () =>
      createApiClient({
        ...shared,
        baseUrl: sampleBaseUrl,
        key: 'sample',
        transport: createLazySampleTransport(sampleGrows),
        timeoutMs: timeoutMs(),
        // Sample data has no server to protect.
        gate: new RateGate(clock, { ...defaultRateLimits, budget: 100_000 }),
      }),
  };
}

/** Loads the sample backend when it's first used, so that users with a key never load it. */
function createLazySampleTransport(grows: () => boolean): Transport {
  let loading: Promise<Transport> | undefined;
  return async (request) => {
    loading ??= import('../../sample/inProcess').then(({ createSampleTransport }) =>
      createSampleTransport(Date.now, {}, grows),
    );
    return (await loading)(request);
  };
}
