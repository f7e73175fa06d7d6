import type { JsonValue } from '../model/json';
import { parse, parsing } from '../util/parseJson';
import { inSlices } from '../util/slices';
import { ApiError, type ApiErrorKind } from './errors';
import { contentType, foreignAnswer, isWebPage } from './foreignAnswer';
import { oneLine, serverWords, type Redactions } from './serverWords';
import type { TransportResponse } from './transport';
import { isJsonObject } from '../util/exactJson';

export interface AnswerContext {
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
export async function readAnswer<T>(
  response: TransportResponse,
  decode: Decode<T>,
  context: AnswerContext,
  signal: AbortSignal,
): Promise<T> {
  const { status } = response;
  if (status < 200 || status >= 300) throw failure(response, context);
  const body = await parseBody(response.body, signal);
  if (signal.aborted) throw new ApiError({ kind: 'cancelled', origin: context.origin });
  if (body === undefined) throw notJson(response, context);
  const decoded = decode(body, response.headers);
  if (decoded !== undefined) return decoded;
  // An envelope such as `{status: false, error}` sent with 200: its words are the best there is.
  const detail = serverWords(body, context.redactions);
  throw new ApiError({ kind: 'unexpected', answer: 'shape', origin: context.origin, status, ...told(detail) });
}

/** UTF-16 units. A longer body would keep everything else waiting while it is parsed. */
const maxParsedAtOnce = 256 * 1024;

/** As `parseJson`; undefined also if `signal` was aborted. */
async function parseBody(text: string, signal: AbortSignal): Promise<JsonValue | undefined> {
  if (text.length <= maxParsedAtOnce) return parseJson(text);
  try {
    return await inSlices(parsing(text), signal);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `undefined` for what is no JSON, an empty body among it. What a stranger has nested too deep is text from there on. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function failure(response: TransportResponse, { origin, redactions, retryAt }: AnswerContext): ApiError {
  const { status } = response;
  if (status < 400) return redirect(response, { origin, redactions });
  const body = parseJson(response.body);
  const detail = told(wordsOfFailure(response, body, redactions));
  const answer = status < 500 ? foreignAnswer(response, body) : undefined;
  if (answer !== undefined) return new ApiError({ kind: 'unexpected', answer, origin, status, ...detail });
  return new ApiError({
    kind: kindOf(status),
    origin,
    status,
    ...detail,
    ...(retryAt === undefined ? {} : { retryAt }),
  });
}

/** For what the API itself has sent. */
function kindOf(status: number): ApiErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 429) return 'rateLimited';
  return status >= 500 ? 'server' : 'rejected';
}

/** JSON's own words, or plain text; a web page says nothing that fits on a line. */
function wordsOfFailure(
  response: TransportResponse,
  body: JsonValue | undefined,
  redactions: Redactions,
): string | undefined {
  if (body !== undefined) return serverWords(body, redactions);
  return contentType(response) === 'text/plain' ? oneLine(response.body, redactions) : undefined;
}

/** Where it points, without what a query could carry. */
function redirect({ status, headers }: TransportResponse, { origin, redactions }: AnswerContext): ApiError {
  const target = oneLine((headers['location'] ?? '').replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//'), redactions);
  return new ApiError({ kind: 'unexpected', answer: 'redirect', origin, status, ...told(target) });
}

function notJson(response: TransportResponse, { origin, redactions }: AnswerContext): ApiError {
  return new ApiError({
    kind: 'unexpected',
    answer: isWebPage(response) ? 'webPage' : 'notJson',
    origin,
    status: response.status,
    ...told(oneLine(contentType(response), redactions)),
  });
}

function told(detail: string | undefined): { detail?: string } {
  return detail === undefined ? {} : { detail };
}

/** Seconds to wait that a 429's body names, if it does. */
export function retryAfterInBody(response: TransportResponse): JsonValue | undefined {
  const body = parseJson(response.body);
  return isJsonObject(body) ? body['retry_after'] : undefined;
}
