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
  /** As it is when a client is made. */
  readonly timeoutMs: () => number;
  readonly log: RequestLog;
  readonly userAgent: string;
  /** The system's where not given. */
  readonly clock?: Clock;
  /** Whether sample data goes on while somebody looks at it; it stays as it is where not given. */
  readonly sampleGrows?: (() => boolean) | undefined;
}

export interface Clients {
  /** @param target.baseUrl one that `parseBaseUrl` takes @param target.key one that `cleanKey` gave */
  create(target: { readonly baseUrl: string; readonly key: string }): ConversationsApi;
  createSample(): ConversationsApi;
}

/** Makes API clients. One transport serves them all, for its connections. */
export function createClients({ timeoutMs, sampleGrows = () => false, ...shared }: ClientOptions): Clients {
  const transport = createNodeFetchTransport();
  const { clock = systemClock } = shared;
  /** The last for each key, by a digest: the server counts by key, and one that is forgotten is not kept for that. */
  const gates = new Map<string, RateGate>();
  const nextGate = (target: string): RateGate => {
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
        gate: nextGate(createHash('sha256').update(`${baseUrl} ${key}`).digest('base64')),
      }),
    createSample: () =>
      createApiClient({
        ...shared,
        baseUrl: sampleBaseUrl,
        key: 'sample',
        transport: lazySampleTransport(sampleGrows),
        timeoutMs: timeoutMs(),
        // Nobody's server is spared by waiting here.
        gate: new RateGate(clock, { ...defaultRateLimits, budget: 100_000 }),
      }),
  };
}

/** The sample backend is a bundle of its own, so that who has a key never loads it. */
function lazySampleTransport(grows: () => boolean): Transport {
  let loading: Promise<Transport> | undefined;
  return async (request) => {
    loading ??= import('../../sample/inProcess').then(({ createSampleTransport }) =>
      createSampleTransport(Date.now, {}, grows),
    );
    return (await loading)(request);
  };
}
