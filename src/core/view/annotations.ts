import { createHash } from 'node:crypto';
import type { Annotation, LabelFilter, AnnotationLabel } from '../model/annotation';
import type { Conversation } from '../model/conversation';
import { assertNever } from '../util/assertNever';

/**
 * What a conversation is called in the labels file, 64 hexadecimal digits. An id opens its conversation to whoever holds
 * it, so it must not stand in a file that is shared: this is SHA-256 over origin and id, each after its length in bytes.
 * Ids are random, so nobody finds them by trying; who knows an id can tell whether it has a label.
 * @param origin of the API, such as `https://call.aiployees.com`
 */
export function labelKey(origin: string, id: string): string {
  const hash = createHash('sha256');
  for (const part of [origin, id]) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash.digest('hex');
}

export function isLabelKey(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** Rows are immutable: a key holds for as long as the row lives. Hashing 100,000 of them at each change would be felt. */
const known = new WeakMap<Conversation, { readonly origin: string; readonly key: string }>();

export function labelKeyOfRow(origin: string, row: Conversation): string {
  let hashed = known.get(row);
  if (hashed?.origin !== origin) {
    hashed = { origin, key: labelKey(origin, row.id) };
    known.set(row, hashed);
  }
  return hashed.key;
}

/** @param label undefined takes it away */
export function withLabel({ note }: Annotation, label: AnnotationLabel | undefined): Annotation {
  return { ...(label !== undefined && { label }), ...(note !== undefined && { note }) };
}

/** @param typed nothing but space takes the note away */
export function withNote({ label }: Annotation, typed: string): Annotation {
  const note = typed.replaceAll('\r\n', '\n').trim();
  return { ...(label !== undefined && { label }), ...(note !== '' && { note }) };
}

/** Whether a conversation with these notes, or none, is one of those that are asked for. */
export function passesLabel(filter: LabelFilter, annotation: Annotation | undefined): boolean {
  switch (filter) {
    case 'good':
    case 'bad':
    case 'unsure':
      return annotation?.label === filter;
    case 'labelled':
      return annotation?.label !== undefined;
    case 'unlabelled':
      return annotation?.label === undefined;
    case 'noted':
      return annotation?.note !== undefined;
    default:
      return assertNever(filter);
  }
}
