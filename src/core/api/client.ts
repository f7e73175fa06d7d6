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
  /** As `parseBaseUrl` takes it. */
  readonly baseUrl: string;
  /** As `cleanKey` gives it. Goes to the base URL's own origin only. */
  readonly key: string;
  readonly transport: Transport;
  /** For one attempt, in milliseconds. */
  readonly timeoutMs: number;
  readonly log: RequestLog;
  /** Sent as `User-Agent`. */
  readonly userAgent?: string;
  readonly clock?: Clock;
  /** In [0, 1); spreads the attempts. */
  readonly random?: () => number;
  /** Its own, which ends with it; one with the platform's limits where not given. */
  readonly gate?: RateGate;
}

/** Milliseconds. The assistant's functions run before the answer comes. */
const minWriteTimeoutMs = 90_000;
/** So many assistants nobody picks from; also the end of a server that always has one more page. */
const maxAssistantPages = 50;

/** @throws TypeError for a base URL that `parseBaseUrl` refuses: the key must not go there */
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

    // The platform documents this one as public, but some of its siblings ask for the key; it stays within the origin.
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
  // All of them with every page: neither a page's link nor a cursor carries the filters.
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

/** Undefined for an id that can't be one segment of a path: a server must not choose which path is asked. */
function toPathSegment(id: string): string | undefined {
  if (id === '' || id === '.' || id === '..') return undefined;
  try {
    return encodeURIComponent(id);
  } catch {
    // Half of a surrogate pair has no encoding, and so no path.
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
