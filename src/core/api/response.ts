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
  /** Until when a failed response asks to wait. */
  readonly retryAt?: number | undefined;
}

/** Makes something of a response's JSON and its headers; undefined where it isn't that. */
export type Decode<T> = (body: JsonValue, headers: TransportResponse['headers']) => T | undefined;

/**
 * What an answer's body decodes to.
 * @throws ApiError for every answer that is not what was asked for
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
  // An envelope such as `{status: false, error}` sent with 200: its words are the best there is.
  const detail = findServerMessage(body, context.redactions);
  throw new ApiError({
    kind: 'unexpected',
    unexpected: 'shape',
    origin: context.origin,
    status,
    ...optionalDetail(detail),
  });
}

/** UTF-16 units. A longer body would keep everything else waiting while it is parsed. */
const maxSyncParseChars = 256 * 1024;

/** As `parseJson`; undefined also if `signal` was aborted. */
async function parseBody(text: string, signal: AbortSignal): Promise<JsonValue | undefined> {
  if (text.length <= maxSyncParseChars) return tryParseJson(text);
  try {
    return await runTimeSliced(parseIncrementally(text), signal);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `undefined` for what is no JSON, an empty body among it. What a stranger has nested too deep is text from there on. */
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
  const detail = optionalDetail(findFailureDetail(response, body, redactions));
  const answer = status < 500 ? detectForeignResponse(response, body) : undefined;
  if (answer !== undefined) return new ApiError({ kind: 'unexpected', unexpected: answer, origin, status, ...detail });
  return new ApiError({
    kind: errorKindForStatus(status),
    origin,
    status,
    ...detail,
    ...(retryAt === undefined ? {} : { retryAt }),
  });
}

/** For what the API itself has sent. */
function errorKindForStatus(status: number): ApiErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 429) return 'rateLimited';
  return status >= 500 ? 'server' : 'rejected';
}

/** JSON's own words, or plain text; a web page says nothing that fits on a line. */
function findFailureDetail(
  response: TransportResponse,
  body: JsonValue | undefined,
  redactions: Redactions,
): string | undefined {
  if (body !== undefined) return findServerMessage(body, redactions);
  return getContentType(response) === 'text/plain' ? toOneLine(response.body, redactions) : undefined;
}

/** Where it points, without what a query could carry. */
function createRedirectError(
  { status, headers }: TransportResponse,
  { origin, redactions }: ResponseContext,
): ApiError {
  const target = toOneLine((headers['location'] ?? '').replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//'), redactions);
  return new ApiError({ kind: 'unexpected', unexpected: 'redirect', origin, status, ...optionalDetail(target) });
}

function createNotJsonError(response: TransportResponse, { origin, redactions }: ResponseContext): ApiError {
  return new ApiError({
    kind: 'unexpected',
    unexpected: isWebPage(response) ? 'webPage' : 'notJson',
    origin,
    status: response.status,
    ...optionalDetail(toOneLine(getContentType(response), redactions)),
  });
}

function optionalDetail(detail: string | undefined): { detail?: string } {
  return detail === undefined ? {} : { detail };
}

/** Seconds to wait that a 429's body names, if it does. */
export function findRetryAfterInBody(response: TransportResponse): JsonValue | undefined {
  const body = tryParseJson(response.body);
  return isJsonObject(body) ? body['retry_after'] : undefined;
}
