import fetch from 'node-fetch';
import { AbortError, FetchError, type Response } from 'node-fetch';

/** Performs one HTTP exchange: over the network, or in memory for the sample backend. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

export interface TransportRequest {
  readonly method: 'GET' | 'POST';
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
 * Why a transport failed:
 * - `network`: the connection failed, before or during the response
 * - `tooLarge`: the response body exceeds the limit
 * - `aborted`: the request's signal was aborted
 */
export type TransportFailure = 'network' | 'tooLarge' | 'aborted';

/**
 * The only rejection of a `Transport`. Contains no URL, because anyone who has a conversation's path can open the
 * conversation.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly failure: TransportFailure,
    /** The system's error code, such as ECONNREFUSED, if known. */
    readonly code: string | undefined = undefined,
    readonly sends: number = 1,
  ) {
    super(code === undefined ? failure : `${failure} ${code}`);
  }
}

const mebibyte = 1024 * 1024;

export interface NodeFetchOptions {
  /** Limit of a decompressed body; 64 MiB by default. */
  readonly maxBodyBytes?: number;
}

/**
 * Sends HTTP over the network and rejects with `TransportError`. Doesn't follow redirects, which would send the key
 * elsewhere. Uses no agent: VS Code patches Node's http modules for the user's proxy, but not for requests with an
 * agent.
 */
export function createNodeFetchTransport({ maxBodyBytes = 64 * mebibyte }: NodeFetchOptions = {}): Transport {
  // Only an origin that has responded can have a stale keep-alive connection.
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
    // The retry uses a new connection; if that is closed too, the cause isn't idling.
    answered.delete(origin);
    return resend(send, answered, origin);
  }
}

/** Safe to repeat: the connection was closed while idle, not by this request. */
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
