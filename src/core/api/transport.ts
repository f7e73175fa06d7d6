import fetch from 'node-fetch';
import { AbortError, FetchError, type Response } from 'node-fetch';

/** One HTTP exchange. The real one goes over the network, the sample backend's stays in the process. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Why a transport brought no answer:
 * - `network`: the connection failed, before or within the answer
 * - `tooLarge`: the answer's body passes the cap
 * - `aborted`: the request's signal was aborted
 */
export type TransportFailure = 'network' | 'tooLarge' | 'aborted';

/** What a `Transport` rejects with. It names no URL: the path of a conversation opens it to whoever reads the log. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly failure: TransportFailure,
    /** The system's error code, such as ECONNREFUSED, where it gives one. */
    readonly code: string | undefined = undefined,
    /** How often the request was sent before it failed. */
    readonly sends: number = 1,
  ) {
    super(code === undefined ? failure : `${failure} ${code}`);
  }
}

const mebibyte = 1024 * 1024;

export interface NodeFetchOptions {
  /** Cap on a body, unpacked, in bytes; 64 MiB where not given. */
  readonly maxBodyBytes?: number;
}

/**
 * HTTP over the network. Redirects come back as they are: following one would carry the key to wherever it points.
 * Rejects with a `TransportError`.
 *
 * No agent is given. VS Code patches Node's http and https modules to go through the user's proxy: with
 * `http.proxySupport` on `on` it leaves a request alone that brings an agent of its own, and with `override` it drops
 * that agent; so an agent would buy nothing with the default setting, and cost the proxy with the other. Node's global
 * agents, which then serve a direct connection, keep connections alive since Node 19.
 */
export function createNodeFetchTransport({ maxBodyBytes = 64 * mebibyte }: NodeFetchOptions = {}): Transport {
  // Only an origin that has answered can have a kept-alive connection that it closed in the meantime.
  const answered = new Set<string>();

  const exchange = async (request: TransportRequest): Promise<TransportResponse> => {
    const response = await open(request, maxBodyBytes, answered);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };

  return async (request) => {
    const { protocol } = new URL(request.url);
    if (protocol !== 'http:' && protocol !== 'https:') throw new TransportError('network', 'ERR_INVALID_PROTOCOL');
    try {
      return await exchange(request);
    } catch (error) {
      throw toTransportError(error);
    }
  };
}

async function open(request: TransportRequest, size: number, answered: Set<string>): Promise<Response> {
  const { origin } = new URL(request.url);
  const send = (): Promise<Response> =>
    fetch(request.url, {
      method: request.method,
      headers: request.headers,
      signal: request.signal,
      redirect: 'manual',
      size,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  const mayBeStale = request.method === 'GET' && answered.has(origin);
  try {
    const response = await send();
    answered.add(origin);
    return response;
  } catch (error) {
    if (!mayBeStale || !isClosedConnection(error)) throw error;
    // The next one is a new connection, until something is answered again: where that is closed too, it did not idle.
    answered.delete(origin);
    return resend(send, answered, origin);
  }
}

/** Never answered, and safe to repeat: the connection was closed while it idled, not by this request. */
async function resend(send: () => Promise<Response>, answered: Set<string>, origin: string): Promise<Response> {
  try {
    const response = await send();
    answered.add(origin);
    return response;
  } catch (error) {
    throw toTransportError(error, 2);
  }
}

function isClosedConnection(error: unknown): boolean {
  return error instanceof FetchError && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function toTransportError(error: unknown, sends = 1): TransportError {
  if (error instanceof TransportError) return error;
  if (error instanceof AbortError) return new TransportError('aborted', undefined, sends);
  if (error instanceof FetchError && error.type === 'max-size') return new TransportError('tooLarge', undefined, sends);
  return new TransportError('network', findErrorCode(error), sends);
}

function findErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
