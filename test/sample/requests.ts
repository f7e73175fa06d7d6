import type { SampleBackend } from '../../src/sample/backend';
import { createSampleBackend } from '../../src/sample/backend';
import type { SampleOptions } from '../../src/sample/options';
import type { SampleResponse } from '../../src/sample/wire';

/** A Monday afternoon, UTC. */
export const start = Date.parse('2026-11-23T15:30:00Z');

export const jsonHeaders = { accept: 'application/json', authorization: 'Bearer 41|abc' };

/** Options of a request; the default headers are `jsonHeaders`. */
export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Returns a backend with a fixed clock and, by default, no rate limit. */
export function createBackend(options: Partial<SampleOptions> = {}): SampleBackend {
  return createSampleBackend(() => start, { rate: 0, ...options });
}

/** Sends a request to a path below the API's base URL. */
export function sendRequest(
  backend: SampleBackend,
  path: string,
  { method, headers, body }: RequestOptions = {},
): SampleResponse {
  return backend.handle({
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    url: `https://api.example.test/api${path}`,
    headers: headers ?? jsonHeaders,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export interface Row {
  readonly id: string;
  readonly assistant_id: string;
  readonly assistant_name: string | null;
  readonly type: string;
  readonly variables?: unknown;
  readonly message_count: number;
  readonly total_cost: number | string;
  readonly ai_enabled: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly external_identifier?: string;
  readonly customer?: { readonly name: string | null; readonly phone: string };
  readonly whatsapp_sender?: { readonly name: string | null; readonly phone: string };
}

export interface Envelope {
  readonly data: readonly Row[];
  readonly current_page?: number;
  readonly last_page?: number;
  readonly total?: number;
  readonly per_page: number;
  readonly from?: number | null;
  readonly to?: number | null;
  readonly next_page_url?: string | null;
  readonly prev_page_url?: string | null;
  readonly next_cursor?: string | null;
  readonly prev_cursor?: string | null;
}

export interface Turn {
  readonly role: string;
  readonly content: string | null;
  readonly function_calls?: readonly { readonly name: string; readonly arguments: unknown; readonly result: unknown }[];
}

export interface Detail {
  readonly status: boolean;
  readonly history: readonly Turn[];
  readonly variables?: unknown;
}

export const parseBody = <T>(response: SampleResponse): T => JSON.parse(response.body) as T;

export const list = (backend: SampleBackend, query = ''): Envelope =>
  parseBody<Envelope>(sendRequest(backend, `/user/conversations${query}`));

export const detail = (backend: SampleBackend, id: string): Detail =>
  parseBody<Detail>(sendRequest(backend, `/conversations/${id}`));

/** Returns all rows of a backend with numbered pages. */
export function loadAllRows(backend: SampleBackend, query = 'per_page=100'): Row[] {
  const rows: Row[] = [];
  for (let page = 1, last = 1; page <= last; page++) {
    const response = list(backend, `?${query}&page=${page}`);
    last = response.last_page ?? 1;
    rows.push(...response.data);
  }
  return rows;
}
