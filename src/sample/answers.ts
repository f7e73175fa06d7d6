import type { JsonObject, JsonValue } from '../core/model/json';
import { entriesOf, ExactNumber, stringify, fromEntries } from '../core/util/exactJson';
import type { SampleResponse } from './wire';

/** A JSON body; `undefined` fields are omitted. */
export type Wire = JsonValue | { readonly [key: string]: Wire | undefined } | readonly Wire[];

export function json(status: number, body: Wire): SampleResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: stringify(body) };
}

export function html(status: number, title: string): SampleResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}

/** A failure in the format of the conversation endpoints. */
export const createFailure = (status: number, error: string): SampleResponse => json(status, { status: false, error });

export const conversationNotFound = (): SampleResponse => createFailure(404, 'Conversation not found');

/** Messages by field. */
export type Invalid = Record<string, string[]>;

/** Returns Laravel's 422; undefined if everything is valid. */
export function refuseInvalid(errors: Invalid): SampleResponse | undefined {
  const all = Object.values(errors).flat();
  const [first] = all;
  if (first === undefined) return undefined;
  const more = all.length - 1;
  const message = more === 0 ? first : `${first} (and ${more} more ${more === 1 ? 'error' : 'errors'})`;
  return json(422, { message, errors });
}

/** Writes empty objects as the server's PHP does. */
export function emptyAs(style: '{}' | '[]', value: JsonValue): JsonValue {
  if (style === '{}' || typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  if (Array.isArray(value)) return value.map((each: JsonValue) => emptyAs(style, each));
  const entries = entriesOf(value as JsonObject);
  return entries.length === 0 ? [] : fromEntries(entries.map(([key, each]) => [key, emptyAs(style, each)]));
}
