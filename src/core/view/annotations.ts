import { createHash } from 'node:crypto';
import type { Annotation, LabelFilter, AnnotationLabel } from '../model/annotation';
import type { Conversation } from '../model/conversation';
import { assertNever } from '../util/assertNever';

/**
 * The key of a conversation in the labels file: SHA-256 (64 hexadecimal digits) over origin and ID, each after its
 * length in bytes. A hash, because the file is shared and an ID opens the conversation. IDs are random, so a key can't
 * be reversed; it only confirms a known ID.
 * @param origin of the API, such as `https://call.aiployees.com`
 */
export function hashLabelKey(origin: string, id: string): string {
  const hash = createHash('sha256');
  for (const part of [origin, id]) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash.digest('hex');
}

export function isLabelKey(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** Keys by row, because rows are immutable and hashing 100,000 of them at each change is slow. */
const hashedRows = new WeakMap<Conversation, { readonly origin: string; readonly key: string }>();

export function hashLabelKeyOfRow(origin: string, row: Conversation): string {
  let hashed = hashedRows.get(row);
  if (hashed?.origin !== origin) {
    hashed = { origin, key: hashLabelKey(origin, row.id) };
    hashedRows.set(row, hashed);
  }
  return hashed.key;
}

/** @param label undefined removes the label */
export function withLabel({ note }: Annotation, label: AnnotationLabel | undefined): Annotation {
  return { ...(label !== undefined && { label }), ...(note !== undefined && { note }) };
}

/** @param typed blank text removes the note */
export function withNote({ label }: Annotation, typed: string): Annotation {
  const note = typed.replaceAll('\r\n', '\n').trim();
  return { ...(label !== undefined && { label }), ...(note !== '' && { note }) };
}

/** Whether a conversation with this annotation, or none, matches the filter. */
export function matchesLabel(filter: LabelFilter, annotation: Annotation | undefined): boolean {
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
