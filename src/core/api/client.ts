import type { Assistant, KeyOwner } from '../model/conversation';
import type { ListQuery } from '../model/query';
import type { Transcript, Turn } from '../model/transcript';
import { systemClock, type Clock } from '../util/abort';
import type { ConversationsApi, RequestOptions } from './api';
import { parseBaseUrl } from './connection';
import type { Decode } from './response';
import { decodeAssistants, decodeKeyOwner, type AssistantPage } from './decodeAccount';
import { decodePage } from './decodeEnvelope';
import { decodeTranscript, decodeReply, decodeCreated } from './decodeTranscript';
import { ApiError } from './errors';
import { clampPageSize } from './paging/pageSizes';
import { RateGate } from './rateGate';
import { maxPageSize } from './rateLimits';
import { findNextPointer, pagingOf, type PageRequest } from './paging/paging';
import { type RequestLog, Requester } from './requester';
import type { Transport } from './transport';

export interface ApiClientOptions {
  readonly baseUrl: string;
  /** From `cleanKey`. Sent only to the base URL's origin. */
  readonly key: string;
  readonly transport: Transport;
  /** Per attempt. */
  readonly timeoutMs: number;
  readonly log: RequestLog;
  readonly userAgent?: string;
  readonly clock?: Clock;
  /** In [0, 1); spreads retries. */
  readonly random?: () => number;
  /** Disposed with the client. Defaults to a gate with the platform's limits. */
  readonly gate?: RateGate;
}

/** The assistant's tools run before the response arrives. */
const minWriteTimeoutMs = 90_000;
/** No user chooses from more assistants than this; also stops at servers that always report another page. */
const maxAssistantPages = 50;

/** @throws TypeError if `parseBaseUrl` rejects the base URL: the key must not be sent there */
export function createApiClient(options: ApiClientOptions): ConversationsApi {
  const base = parseBaseUrl(options.baseUrl);
  if (!base.ok) throw new TypeError(`No base URL: ${base.reason}`);
  const { origin, baseUrl } = base;
  const clock = options.clock ?? systemClock;
  const gate = options.gate ?? new RateGate(clock);
  const writeTimeoutMs = Math.max(options.timeoutMs, minWriteTimeoutMs);
  const requester = new Requester({
    origin,
    baseUrl,
    gate,
    clock,
    key: options.key,
    transport: options.transport,
    timeoutMs: options.timeoutMs,
    random: options.random ?? Math.random,
    log: options.log,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${options.key}`,
      'user-agent': options.userAgent ?? 'aiployees-conversations',
    },
  });

  return {
    origin,
    baseUrl,

    listConversations: (query, page, request) => {
      const pageRequest = { ...page, pageSize: clampPageSize(page.pageSize) };
      const target = { path: '/user/conversations', query: createListParameters(query, pageRequest) };
      return requester.get(target, (body, headers) => decodePage(body, pageRequest, headers['link']), request);
    },

    // Documented as public, but similar endpoints require the key; it stays within the origin.
    getTranscript: async (id, request): Promise<Transcript> => {
      const segment = toPathSegment(id);
      if (segment === undefined) throw new ApiError({ kind: 'notFound', origin });
      return requester.get({ path: `/conversations/${segment}`, conversationId: id }, decodeTranscript, request);
    },

    createTestConversation: ({ assistantUuid, variables }, request) => {
      const body = { assistant_id: assistantUuid, type: 'test', ...(variables === undefined ? {} : { variables }) };
      return requester.post({ path: '/conversations', body, timeoutMs: writeTimeoutMs }, decodeCreated, request);
    },

    sendMessage: async (id, message, request): Promise<Turn | undefined> => {
      const segment = toPathSegment(id);
      if (segment === undefined) throw new ApiError({ kind: 'notFound', origin });
      const path = `/conversations/${segment}/messages`;
      const post = { path, conversationId: id, body: { message }, timeoutMs: writeTimeoutMs };
      return (await requester.post(post, decodeReply, request)).reply;
    },

    listAssistants: (request) => listAllAssistants(requester, request),

    getKeyOwner: (request): Promise<KeyOwner> => requester.get({ path: '/user/me' }, decodeKeyOwner, request),

    get rateLimitWait() {
      return gate.wait;
    },
    onDidChangeRateLimitWait: gate.onDidChangeWait,
    cancelRateLimitWait: () => gate.cancelWait(),

    dispose: () => {
      requester.dispose();
      gate.dispose();
    },
  };
}

function createListParameters(query: ListQuery, page: PageRequest): URLSearchParams {
  const parameters = new URLSearchParams();
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) parameters.set(name, String(value));
  };
  // Every page needs all filters, because page links and cursors don't include them.
  add('type', query.type);
  add('assistant_id', query.assistantId);
  add('date_from', query.dateFrom);
  add('date_to', query.dateTo);
  add('per_page', page.pageSize);
  addPointer(parameters, page);
  return parameters;
}

function addPointer(parameters: URLSearchParams, { pointer, addressing }: PageRequest): void {
  if (pointer === undefined) return;
  const { name, value } = pagingOf(pointer).toParameter(pointer, addressing);
  parameters.set(name, value);
}

/** Returns undefined if the ID can't be a single path segment: the server must not choose the path of a request. */
function toPathSegment(id: string): string | undefined {
  if (id === '' || id === '.' || id === '..') return undefined;
  try {
    return encodeURIComponent(id);
  } catch {
    // A lone surrogate can't be encoded.
    return undefined;
  }
}

async function listAllAssistants(requester: Requester, request: RequestOptions): Promise<readonly Assistant[]> {
  const byUuid = new Map<string, Assistant>();
  let pageRequest: PageRequest = { pageSize: maxPageSize };
  for (let read = 0; read < maxAssistantPages; read += 1) {
    const current = pageRequest;
    const query = new URLSearchParams({ per_page: String(maxPageSize) });
    addPointer(query, current);
    const decode: Decode<AssistantPage> = (body, headers) => decodeAssistants(body, current, headers['link']);
    const page = await requester.get({ path: '/user/assistants/get', query }, decode, request);
    const rows = page.rows.map(({ uuid }) => ({ id: uuid }));
    const pointer = findNextPointer(current.pointer, { rows, envelope: page.envelope }, new Set(byUuid.keys()));
    for (const assistant of page.rows) byUuid.set(assistant.uuid, assistant);
    if (pointer === undefined) break;
    pageRequest = { pageSize: maxPageSize, pointer, addressing: page.envelope.addressing };
  }
  return [...byUuid.values()];
}
