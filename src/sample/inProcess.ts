import { setImmediate, setTimeout } from 'node:timers/promises';
import { createSampleBackend, type SampleClock } from './backend';
import type { SampleOptions } from './options';
import type { SampleRequest, SampleResponse } from './wire';

/** A request as the client's transport takes it. */
export type SampleTransportRequest = SampleRequest & { readonly signal: AbortSignal };

/** Carries requests to a sample backend in this process, in the client's own shape. Rejects with the signal's reason. */
export type SampleTransport = (request: SampleTransportRequest) => Promise<SampleResponse>;

/** Without what would only puzzle who looks around, and without a limit to wait for. */
const forExploring: Partial<SampleOptions> = { fixtures: false, rate: 0 };

/** @param grows whether the conversations go on now, asked with every request */
export function createSampleTransport(
  clock: SampleClock,
  options: Partial<SampleOptions> = {},
  grows: () => boolean = () => false,
): SampleTransport {
  const backend = createSampleBackend(clock, { ...forExploring, ...options });
  return async ({ signal, ...request }) => {
    try {
      // Never within the call: the client is not to depend on an order that no network keeps.
      await setImmediate(undefined, { signal });
      backend.configure({ growing: grows() });
      const response = backend.handle(request);
      if (response.delayMs !== undefined) await setTimeout(response.delayMs, undefined, { signal });
      return response;
    } catch (error) {
      // Node's timers reject with an error of their own; the client knows its reason.
      signal.throwIfAborted();
      throw error;
    }
  };
}
