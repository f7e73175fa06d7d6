import type { JsonObject, JsonValue } from '../model/json';
import { decodedString, isJsonArray, isJsonObject } from '../text/nestedJson';

/** That a function call failed, by its own result. `reason` is what the result says of it, one line, shortened. */
export interface CallFailure {
  readonly reason: string | undefined;
}

const failedStatus = /^(?:error|errored|failed|failure|fail|exception|timeout|timed[_ ]out)$/i;
const failedText = /^\W{0,3}(?:[\w.]*(?:error|exception)\b(?!-)|failed\b|failure\b|traceback\b|timed out\b|timeout\b)/i;
const reasonFields = ['error', 'error_message', 'errorMessage', 'message', 'detail', 'reason', 'errors', 'title', 'description'];
/** A tool's answer is often wrapped once by whatever called it. */
const wrappers = ['result', 'response', 'output', 'body', 'data'];
const longestReason = 160;

/** Whether a function's result says that the function failed. The platform itself has no field for it. */
export function failureOf(result: JsonValue | undefined): CallFailure | undefined {
  return failureWithin(result, 2);
}

function failureWithin(result: JsonValue | undefined, depth: number): CallFailure | undefined {
  if (typeof result === 'string') {
    const decoded = decodedString(result);
    if (decoded !== undefined) return failureWithin(decoded, depth);
    return failedText.test(result) ? { reason: oneLine(result) } : undefined;
  }
  if (!isJsonObject(result)) return undefined;
  if (saysFailed(result)) return { reason: reasonIn(result) };
  const fields = Object.keys(result);
  const only = fields.length === 1 ? fields[0] : undefined;
  if (depth === 0 || only === undefined || !wrappers.includes(only)) return undefined;
  return failureWithin(result[only], depth - 1);
}

function saysFailed(result: JsonObject): boolean {
  const { success, ok, status, isError } = result;
  return (
    tellsOfError(result['error']) ||
    tellsOfError(result['errors']) ||
    [success, ok].some((flag) => flag === false || flag === 'false' || flag === 0) ||
    isError === true ||
    status === false ||
    (typeof status === 'string' && failedStatus.test(status.trim())) ||
    [status, result['statusCode'], result['status_code']].some(isFailedHttpStatus)
  );
}

function isFailedHttpStatus(status: JsonValue | undefined): boolean {
  const code = typeof status === 'string' && /^\d{3}$/.test(status) ? Number(status) : status;
  return typeof code === 'number' && code >= 400 && code < 600;
}

/** What an error field says where there was none. */
const noError = new Set(['', 'none', 'null', 'false', 'no']);

function tellsOfError(error: JsonValue | undefined): boolean {
  if (typeof error === 'string') return !noError.has(error.trim().toLowerCase());
  if (isJsonArray(error)) return error.length > 0;
  if (isJsonObject(error)) return Object.keys(error).length > 0;
  return error === true || (typeof error === 'number' && error !== 0);
}

function reasonIn(value: JsonValue | undefined, depth = 3): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : oneLine(value);
  if (depth === 0) return undefined;
  if (isJsonArray(value)) return reasonIn(value[0], depth - 1);
  if (!isJsonObject(value)) return undefined;
  for (const field of reasonFields) {
    const reason = field in value ? reasonIn(value[field], depth - 1) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function oneLine(text: string): string {
  const line = text.trimStart().slice(0, 2 * longestReason).replace(/\s+/g, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason - 1).trimEnd()}…` : line;
}
