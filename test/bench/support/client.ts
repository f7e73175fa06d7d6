import { get } from 'node:http';
import type { ConversationsApi } from '../../../src/core/api/api';
import { createApiClient } from '../../../src/core/api/client';
import { RateGate } from '../../../src/core/api/rateGate';
import { defaultRateLimits } from '../../../src/core/api/rateLimits';
import { systemClock } from '../../../src/core/util/abort';
import { createNodeFetchTransport } from '../../../src/core/api/transport';
import type { ListQuery } from '../../../src/core/model/query';
import { ConversationStore } from '../../../src/core/store/store';

/** Returns the extension's client without a rate limit, so that only its own cost is measured. */
export function openClient(baseUrl: string): ConversationsApi {
  return createApiClient({
    baseUrl,
    key: 'bench',
    transport: createNodeFetchTransport(),
    timeoutMs: 30_000,
    log: () => undefined,
    gate: new RateGate(systemClock, { ...defaultRateLimits, budget: 1_000_000 }),
  });
}

export function createStore(
  api: ConversationsApi,
  pageSize = 30,
  queryOf: (key: string) => ListQuery = (type) => ({ type }),
): ConversationStore {
  const store = new ConversationStore({
    pageSize: () => pageSize,
    queryOf,
    onUnexpectedError: (error) => {
      throw error;
    },
  });
  store.connect(api);
  return store;
}

/** Sends a request with Node's own client and parses the JSON, as the control. */
export function bareRequest(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { accept: 'application/json', authorization: 'Bearer bench' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
      response.on('error', reject);
    }).on('error', reject);
  });
}
