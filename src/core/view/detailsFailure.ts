import type { JsonObject, JsonValue } from '../model/json';
import { parseLooseJson, decodeJsonString } from '../text/looseJson';
import { entriesOf, type Entry, isJsonArray, isJsonObject, toNumber } from '../util/exactJson';

/** A failed tool call. `reason` comes from its result, as one short line. */
export interface CallFailure {
  readonly reason: string | undefined;
}

/** Fields by normalized name: `isError` and `is_error` are the same. */
type Fields = readonly Entry[];

const errorFields = [
  'error',
  'errors',
  'err',
  'errormessage',
  'errormsg',
  'errmsg',
  'errordescription',
  'errorcode',
  'errcode',
  'errno',
];
const successFlags = ['success', 'ok', 'successful', 'succeeded'];
const failureFlags = ['iserror', 'haserror', 'haserrors', 'failed', 'errored'];
const statusFields = ['status', 'statuscode', 'httpstatus', 'httpstatuscode', 'httpcode'];
const outcomeFields = ['status', 'result', 'outcome'];
const codeFields = ['code', 'status', 'statuscode', 'errorcode', 'errcode', 'errno'];
const messageFields = [
  'message',
  'msg',
  'errormessage',
  'errmsg',
  'detail',
  'reason',
  'title',
  'description',
  'error',
  'errors',
  'text',
];
const reasonFields = [
  'error',
  'errormessage',
  'errormsg',
  'errmsg',
  'message',
  'msg',
  'detail',
  'reason',
  'errors',
  'title',
  'description',
  'content',
  'text',
];
/** Tool frameworks often wrap the result once. */
const wrappers = ['result', 'response', 'output', 'body', 'data', 'content', 'text'];
/** Fields next to a wrapped result that don't show success or failure. */
const ignoredBesideWrapper = ['statuscode', 'httpstatus', 'headers', 'iserror', 'isbase64encoded', 'type', 'meta'];
const maxReasonChars = 160;

const failedStatus = /^(?:error|errored|failed|failure|fail|exception|timeout|timed[_ -]out|not[_ -]ok|ko|nok)$/i;
const failedText = new RegExp(
  [
    String.raw`^\W{0,3}(?:[\w.]*(?:error|exception)\b(?!-)|failed\b|failure\b)`,
    // "Error code: 0", "Failed: none", "Error rate 2 %".
    String.raw`(?!\s*(?:code|count)?\s*[:=]\s*(?:0|no|none|null|nil|false|n/a)(?![\w.])|\s+(?:rate|codes|handling|margin|budget|correction|logs?)\b)`,
    String.raw`|^\W{0,3}(?:traceback\b|timed out\b|timeout\b|(?:request|call|tool|function|command|operation|execution)(?: has| was)? (?:failed|timed out)\b)`,
    String.raw`|^\W{0,3}(?:HTTP(?:/\d(?:\.\d)?)?(?: status)?(?: code)?:? |status(?: code)?:? |<?Response \[)[45]\d\d\b`,
    String.raw`|^\W{0,3}[45]\d\d (?:Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Request Timeout|Conflict|Gone|Unprocessable|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)\b`,
  ].join(''),
  'i',
);

/** Values of an error field that mean no error: "No error", "none", "0", "OK". */
const noError = new RegExp(
  String.raw`^(?:no|none|null|nil|undefined|false|nan|n/?a|not applicable|ok(?:ay)?|success(?:ful(?:ly)?)?|all good|(?:operation |request )?(?:completed|successful)(?: successfully)?|[-–—.]+|0+(?:\.0+)?|2\d\d` +
    String.raw`|(?:no|zero|0|without)(?: any)?[ _-]?(?:known )?errors?(?: was| were| has been| have been)?(?: found| occurred| detected| reported| returned| raised| encountered)?` +
    String.raw`|(?:kein|keine|keinen|ohne) fehler|sin error(?:es)?|ning[uú]n error|aucune erreur|pas d['’]erreurs?|sans erreurs?|nessun errore|nenhum erro|sem erros?|geen fout(?:en)?|brak b[lł][eę]d(?:u|ów)|(?:нет|без) ошибок|hata yok|няма грешк[аи])[.!]*$`,
  'iu',
);

/** Finds out from a tool call's result whether it failed. The platform has no field for it. */
export function findCallFailure(result: JsonValue | undefined): CallFailure | undefined {
  return findFailureWithin(result, 2);
}

function findFailureWithin(sent: JsonValue | undefined, depth: number): CallFailure | undefined {
  const result = findOnlyText(sent) ?? sent;
  if (typeof result === 'string') {
    const decoded = decodeJsonString(result) ?? parseLooseJson(result);
    if (decoded !== undefined) return findFailureWithin(decoded, depth);
    return failedText.test(result) ? { reason: truncateReason(result) } : undefined;
  }
  if (!isJsonObject(result)) return undefined;
  const fields = normalizeFields(result);
  if (isFailure(fields)) return { reason: findReason(result) };
  const wrapped = fields.filter(([name]) => !ignoredBesideWrapper.includes(name));
  const wrapper = wrapped[0]?.[0] ?? '';
  if (depth === 0 || !wrappers.includes(wrapper) || wrapped.some(([name]) => name !== wrapper)) return undefined;
  for (const [, inner] of wrapped) {
    const failure = findFailureWithin(inner, depth - 1);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Returns the text of an MCP result: a list with one part. */
function findOnlyText(value: JsonValue | undefined): string | undefined {
  const part = isJsonArray(value) && value.length === 1 ? value[0] : undefined;
  return isJsonObject(part) && part['type'] === 'text' && typeof part['text'] === 'string' ? part['text'] : undefined;
}

function normalizeFields(value: JsonObject): Fields {
  return entriesOf(value).map(([name, field]) => [name.toLowerCase().replace(/[_-]/g, ''), field]);
}

function isFailure(fields: Fields): boolean {
  const some = (names: readonly string[], test: (value: JsonValue) => boolean): boolean =>
    fields.some(([name, value]) => names.includes(name) && test(value));
  const isText = (value: JsonValue): boolean => typeof value === 'string';
  const hasMessage = some(['message', 'msg', 'detail'], isText);
  return (
    some(errorFields, (value) => meansError(value)) ||
    some(successFlags, isNo) ||
    some(failureFlags, isYes) ||
    some(['status'], (value) => value === false) ||
    some(outcomeFields, (value) => typeof value === 'string' && failedStatus.test(value.trim())) ||
    some(statusFields, isFailedHttpStatus) ||
    // "code" alone is ambiguous; next to a message it is the server's, and "exception" a stack trace's.
    (hasMessage && (some(['code'], isFailedHttpStatus) || some(['exception'], isText)))
  );
}

function isNo(flag: JsonValue | undefined): boolean {
  return flag === false || toNumber(flag) === 0 || (typeof flag === 'string' && /^\s*(?:false|no|0)\s*$/i.test(flag));
}

function isYes(flag: JsonValue | undefined): boolean {
  return flag === true || (typeof flag === 'string' && /^\s*(?:true|yes)\s*$/i.test(flag));
}

function isFailedHttpStatus(status: JsonValue | undefined): boolean {
  const code =
    typeof status === 'string' && /^\d{3}(?: \D.*)?$/.test(status) ? Number(status.slice(0, 3)) : toNumber(status);
  return code !== undefined && code >= 400 && code < 600;
}

/** @param depth levels to check; deeper values count as an error */
function meansError(error: JsonValue | undefined, depth = 4): boolean {
  if (typeof error === 'string') {
    const decoded = decodeJsonString(error) ?? parseLooseJson(error);
    return decoded === undefined ? !isNoError(error) : meansError(decoded, depth);
  }
  const code = toNumber(error);
  if (code !== undefined) return code !== 0 && !(code >= 200 && code < 300);
  if (isJsonArray(error)) return error.length > 0 && (depth === 0 || error.some((item) => meansError(item, depth - 1)));
  if (!isJsonObject(error)) return error === true;
  const fields = normalizeFields(error);
  if (depth === 0) return fields.length > 0;
  // If it has a code or a message, these decide: other fields (a time, a number of tries) don't mean an error.
  const deciding = fields.filter(([name]) => codeFields.includes(name) || messageFields.includes(name));
  return (
    fields.some(([name, value]) => successFlags.includes(name) && isNo(value)) ||
    (deciding.length > 0 ? deciding : fields).some(([, value]) => meansError(value, depth - 1))
  );
}

function isNoError(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || (trimmed.length < 60 && noError.test(trimmed));
}

function findReason(value: JsonValue | undefined, depth = 3): string | undefined {
  if (typeof value === 'string') {
    if (isNoError(value)) return undefined;
    const decoded = depth === 0 ? undefined : decodeJsonString(value);
    return (decoded && findReason(decoded, depth - 1)) ?? truncateReason(value);
  }
  if (depth === 0) return undefined;
  if (isJsonArray(value)) return findReason(value[0], depth - 1);
  if (!isJsonObject(value)) return undefined;
  const fields = normalizeFields(value);
  for (const field of reasonFields)
    for (const [name, inner] of fields) {
      const reason = name === field ? findReason(inner, depth - 1) : undefined;
      if (reason !== undefined) return reason;
    }
  return undefined;
}

function truncateReason(text: string): string {
  const line = text
    .trimStart()
    .slice(0, 2 * maxReasonChars)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > maxReasonChars ? `${line.slice(0, maxReasonChars - 1).trimEnd()}…` : line;
}
