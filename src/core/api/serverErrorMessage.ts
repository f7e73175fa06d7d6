import type { JsonValue } from '../model/json';
import { entriesOf, stringify, isJsonArray, isJsonObject } from '../util/exactJson';

const maxShownChars = 200;
/** Longer texts are cut before redaction. */
const maxSearchedChars = 8192;
// Control characters and bidi controls.
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** Secrets by their replacement. */
export type Redactions = ReadonlyMap<string, string>;

/**
 * Returns the server's error message on one line of at most 200 characters, without secrets. Supports all shapes of the
 * platform's variants: `{message}`, `{error}`, both, `{message, errors: {field: [texts]}}`, `{error: {message}}`.
 */
export function findServerMessage(body: JsonValue, redactions: Redactions): string | undefined {
  const message = findMessage(body);
  return message === undefined ? undefined : toOneLine(message, redactions);
}

export function toOneLine(text: string, redactions: Redactions): string | undefined {
  const start = text.trimStart();
  const isCut = start.length > maxSearchedChars;
  let line = start.slice(0, maxSearchedChars).replace(invisible, ' ').replace(/\s+/g, ' ').trim();
  // Redacts before shortening, because half a secret is a secret too. A function, because `$&` in a replacement string
  // would insert the secret.
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
  // They include all of Laravel's message, which ends in "(and 1 more error)".
  if (fieldMessages.length > 0) return fieldMessages.join(' ');
  const error = isJsonObject(body['error']) ? findMessage(body['error']) : findTexts(body['error'])[0];
  const parts = [error, ...findTexts(body['message'])].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join(': ');
}

function findTexts(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  return isJsonArray(value) ? value.flatMap(findTexts) : [];
}

/** Covers the key in every form in which a server could echo it. */
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

/**
 * Returns enough of an ID to identify a conversation, but not to open it. IDs are untrusted, so invisible characters
 * are replaced.
 */
export function shortenId(id: string): string {
  const characters = [...id];
  const short = characters.length <= 8 ? id : `${characters.slice(0, 8).join('')}…`;
  return short.replace(invisible, '\ufffd');
}
