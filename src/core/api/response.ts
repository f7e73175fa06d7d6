import type { JsonValue } from '../model/json';
import { parse, parseIncrementally } from '../util/parseJson';
import { runTimeSliced } from '../util/slices';
import { ApiError, type ApiErrorKind } from './errors';
import { getContentType, detectForeignResponse, isWebPage } from './foreignResponse';
import { toOneLine, findServerMessage, type Redactions } from './serverErrorMessage';
import type { TransportResponse } from './transport';
import { isJsonObject } from '../util/exactJson';

export interface ResponseContext {
  readonly origin: string;
  readonly redactions: Redactions;
  /** Epoch milliseconds; when the server allows a retry. */
  readonly retryAt?: number | undefined;
}

/** Decodes a response's JSON and headers; undefined if they aren't of the expected kind. */
export type Decode<T> = (body: JsonValue, headers: TransportResponse['headers']) => T | undefined;

/**
 * Returns the decoded body.
 * @throws ApiError if the response isn't the expected one
 */
export async function decodeResponse<T>(
  response: TransportResponse,
  decode: Decode<T>,
  context: ResponseContext,
  signal: AbortSignal,
): Promise<T> {
  const { status } = response;
  if (status < 200 || status >= 300) throw createStatusError(response, context);
  const body = await parseBody(response.body, signal);
  if (signal.aborted) throw new ApiError({ kind: 'cancelled', origin: context.origin });
  if (body === undefined) throw createNotJsonError(response, context);
  const decoded = decode(body, response.headers);
  if (decoded !== undefined) return decoded;
  // `{status: false, error}` sent with 200, for example: the server's message is the best detail available.
  const detail = findServerMessage(body, context.redactions);
  throw new ApiError({
    kind: 'unexpected',
    unexpected: 'shape',
    origin: context.origin,
    status,
    ...toOptionalDetail(detail),
  });
}

/** A longer body is parsed in slices, so that it doesn't block the process. UTF-16 units. */
const maxSyncParseChars = 256 * 1024;

/** Like `tryParseJson`; also undefined if `signal` was aborted. */
async function parseBody(text: string, signal: AbortSignal): Promise<JsonValue | undefined> {
  if (text.length <= maxSyncParseChars) return tryParseJson(text);
  try {
    return await runTimeSliced(parseIncrementally(text), signal);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Returns undefined if the text isn't JSON. Parts that are nested too deep become text. */
export function tryParseJson(text: string): JsonValue | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function createStatusError(response: TransportResponse, { origin, redactions, retryAt }: ResponseContext): ApiError {
  const { status } = response;
  if (status < 400) return createRedirectError(response, { origin, redactions });
  const body = tryParseJson(response.body);
  const detail = toOptionalDetail(findFailureDetail(response, body, redactions));
  const unexpected = status < 500 ? detectForeignResponse(response, body) : undefined;
  if (unexpected !== undefined) return new ApiError({ kind: 'unexpected', unexpected, origin, status, ...detail });
  return new ApiError({
    kind: findErrorKind(status),
    origin,
    status,
    ...detail,
    ...(retryAt === undefined ? {} : { retryAt }),
  });
}

/** For responses of the API itself. */
function findErrorKind(status: number): ApiErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 429) return 'rateLimited';
  return status >= 500 ? 'server' : 'rejected';
}

/** Uses a JSON message or plain text; web pages have no usable one-line message. */
function findFailureDetail(
  response: TransportResponse,
  body: JsonValue | undefined,
  redactions: Redactions,
): string | undefined {
  if (body !== undefined) return findServerMessage(body, redactions);
  return getContentType(response) === 'text/plain' ? toOneLine(response.body, redactions) : undefined;
}

/** Drops the target's query and credentials, which may contain secrets. */
function createRedirectError(
  { status, headers }: TransportResponse,
  { origin, redactions }: ResponseContext,
): ApiError {
  const target = toOneLine((headers['location'] ?? '').replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//'), redactions);
  return new ApiError({ kind: 'unexpected', unexpected: 'redirect', origin, status, ...toOptionalDetail(target) });
}

function createNotJsonError(response: TransportResponse, { origin, redactions }: ResponseContext): ApiError {
  return new ApiError({
    kind: 'unexpected',
    unexpected: isWebPage(response) ? 'webPage' : 'notJson',
    origin,
    status: response.status,
    ...toOptionalDetail(toOneLine(getContentType(response), redactions)),
  });
}

function toOptionalDetail(detail: string | undefined): { detail?: string } {
  return detail === undefined ? {} : { detail };
}

/** Returns the seconds to wait from a 429's body, if present. */
export function findRetryAfterInBody(response: TransportResponse): JsonValue | undefined {
  const body = tryParseJson(response.body);
  return isJsonObject(body) ? body['retry_after'] : undefined;
}
