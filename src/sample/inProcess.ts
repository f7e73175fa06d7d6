import { setImmediate, setTimeout } from 'node:timers/promises';
import { createSampleBackend, type SampleClock } from './backend';
import type { SampleOptions } from './options';
import type { SampleRequest, SampleResponse } from './wire';

/** A request in the form of the client's transport. */
export type SampleTransportRequest = SampleRequest & { readonly signal: AbortSignal };

/** Sends requests to a sample backend in this process. Rejects with the signal's reason. */
export type SampleTransport = (request: SampleTransportRequest) => Promise<SampleResponse>;

/** Without fixtures, which would only confuse, and without a rate limit. */
const forExploring: Partial<SampleOptions> = { fixtures: false, rate: 0 };

/** @param grows whether the conversations grow now; called for every request */
export function createSampleTransport(
  clock: SampleClock,
  options: Partial<SampleOptions> = {},
  grows: () => boolean = () => false,
): SampleTransport {
  const backend = createSampleBackend(clock, { ...forExploring, ...options });
  return async ({ signal, ...request }) => {
    try {
      // Asynchronous, so that the client can't depend on an order that a network doesn't guarantee.
      await setImmediate(undefined, { signal });
      backend.configure({ growing: grows() });
      const response = backend.handle(request);
      if (response.delayMs !== undefined) await setTimeout(response.delayMs, undefined, { signal });
      return response;
    } catch (error) {
      // Node's timers reject with their own error; the client expects its own reason.
      signal.throwIfAborted();
      throw error;
    }
  };
}
