import type { JsonValue } from '../model/json';
import { entriesOf, stringify, isJsonArray, isJsonObject } from '../util/exactJson';

const maxShownChars = 200;
/** Longer texts are cut before they are searched. */
const maxSearchedChars = 8192;
// Control characters, and those that turn the direction of what follows.
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** What must not be told, by what stands in its place. */
export type Redactions = ReadonlyMap<string, string>;

/**
 * What the server says of a failure, on one line of at most 200 characters, without secrets. Every shape that the
 * platform's variants send: `{message}`, `{error}`, both, `{message, errors: {field: [words]}}`, `{error: {message}}`.
 */
export function findServerMessage(body: JsonValue, redactions: Redactions): string | undefined {
  const message = findMessage(body);
  return message === undefined ? undefined : toOneLine(message, redactions);
}

export function toOneLine(text: string, redactions: Redactions): string | undefined {
  const start = text.trimStart();
  const isCut = start.length > maxSearchedChars;
  let line = start.slice(0, maxSearchedChars).replace(invisible, ' ').replace(/\s+/g, ' ').trim();
  // Before shortening: half a secret is a secret too. By a function: in a text, `$&` would stand for the secret itself.
  for (const [secret, shown] of redactions) line = line.replaceAll(secret, () => shown);
  // The cut may have left half a secret at the end.
  if (isCut) line = line.slice(0, -Math.max(1, ...[...redactions.keys()].map(({ length }) => length)));
  const characters = [...line];
  if (isCut || characters.length > maxShownChars)
    line = `${characters
      .slice(0, maxShownChars - 1)
      .join('')
      .trimEnd()}…`;
  return line === '' ? undefined : line;
}

function findMessage(body: JsonValue): string | undefined {
  if (typeof body === 'string') return body;
  if (!isJsonObject(body)) return undefined;
  const fieldMessages = isJsonObject(body['errors'])
    ? entriesOf(body['errors']).flatMap(([, texts]) => findTexts(texts))
    : [];
  // They say all that Laravel's message says, which ends in "(and 1 more error)".
  if (fieldMessages.length > 0) return fieldMessages.join(' ');
  const error = isJsonObject(body['error']) ? findMessage(body['error']) : findTexts(body['error'])[0];
  const parts = [error, ...findTexts(body['message'])].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join(': ');
}

function findTexts(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  return isJsonArray(value) ? value.flatMap(findTexts) : [];
}

/** The key in every form in which a server could echo it. */
export function createRedactions(key: string, conversationId: string | undefined): Redactions {
  const redactions = new Map<string, string>();
  const secret = key.slice(key.indexOf('|') + 1);
  for (const form of [key, secret]) {
    for (const written of [form, encodeURIComponent(form), stringify(form).slice(1, -1)]) {
      if (written !== '') redactions.set(written, '…');
    }
  }
  if (conversationId !== undefined) {
    for (const written of [conversationId, encodeURIComponent(conversationId)]) {
      redactions.set(written, shortenId(written));
    }
  }
  return redactions;
}

/** Enough to know a conversation by, too little to open it with. A server says what is in it: it is told on one line. */
export function shortenId(id: string): string {
  const characters = [...id];
  const short = characters.length <= 8 ? id : `${characters.slice(0, 8).join('')}…`;
  return short.replace(invisible, '\ufffd');
}
