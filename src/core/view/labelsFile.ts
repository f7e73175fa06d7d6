import { type Annotation, type AnnotationLabel, maxNoteChars, annotationLabels } from '../model/annotation';
import type { JsonObject, JsonValue } from '../model/json';
import { type Entry, ExactNumber, entriesOf, fromEntries, toNumber, stringify } from '../util/exactJson';
import { parse } from '../util/parseJson';
import { isLabelKey } from './annotations';

/** The parsed labels file. Unknown content is preserved, so that writing loses nothing. */
export interface LabelsDocument {
  readonly annotations: ReadonlyMap<string, Annotation>;
  /** Invalid entries as they are in the file, one or more per key. */
  readonly rejected: ReadonlyMap<string, readonly JsonValue[]>;
  /** Unknown fields of entries, by the entry's key. */
  readonly unknown: ReadonlyMap<string, JsonObject>;
  /** Other fields of the file than `version` and `labels`. */
  readonly extra: readonly Entry[];
  readonly lineEnd: '\n' | '\r\n';
}

/** The reason why a file can't be parsed, and so isn't written. Lines count from 1. */
export type LabelsFileProblem =
  | { readonly kind: 'conflict'; readonly line: number }
  | { readonly kind: 'notJson'; readonly line: number | undefined }
  | { readonly kind: 'shape' }
  | { readonly kind: 'newer' }
  /** A duplicate key, as after a merge that took both sides: it is unclear which one is right. */
  | { readonly kind: 'twice'; readonly line: number };

export type ParsedLabels =
  | { readonly kind: 'read'; readonly document: LabelsDocument }
  | { readonly kind: 'broken'; readonly problem: LabelsFileProblem };

export const noLabels: LabelsDocument = {
  annotations: new Map(),
  rejected: new Map(),
  unknown: new Map(),
  extra: [],
  lineEnd: '\n',
};

const version = 1;

/** @param text with or without a byte order mark */
export function parseLabels(text: string): ParsedLabels {
  const conflict = /^(?:<{7}|={7}|>{7})(?: |\r?$)/m.exec(text);
  if (conflict !== null) return toBroken({ kind: 'conflict', line: findLine(text, conflict.index) });
  let value: JsonValue;
  try {
    value = parse(text.replace(/^\ufeff/, ''), 'value');
  } catch (error) {
    return toBroken({ kind: 'notJson', line: findErrorLine(text, error) });
  }
  if (!isObject(value)) return toBroken({ kind: 'shape' });
  const { labels } = value;
  const written = toNumber(value['version']);
  if (written !== undefined && written > version) return toBroken({ kind: 'newer' });
  if (written !== version || !isObject(labels)) return toBroken({ kind: 'shape' });
  const twice = findDuplicateKey(text, value);
  if (twice !== undefined) return toBroken({ kind: 'twice', line: findLine(text, twice) });
  const document = toDocument(value, labels, text.includes('\r\n') ? '\r\n' : '\n');
  return canBeWritten(document) ? { kind: 'read', document } : toBroken({ kind: 'shape' });
}

/** One entry per line, sorted by key, to avoid merge conflicts. */
export function serializeLabels({ annotations, rejected, unknown, extra, lineEnd }: LabelsDocument): string {
  const entries = new Map<string, JsonValue>(unknown);
  for (const [key, annotation] of annotations)
    entries.set(key, fromEntries([...Object.entries(annotation), ...entriesOf(unknown.get(key) ?? {})]));
  const rejectedEntries = [...rejected].flatMap(([key, all]) => all.map((entry): Entry => [key, entry]));
  const lines = [...entries, ...rejectedEntries]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, entry]) => `    ${stringify(key)}: ${stringify(entry)}`);
  const fields = [
    `  "version": ${version}`,
    ...extra.map(([name, value]) => `  ${stringify(name)}: ${stringify(value)}`),
    lines.length === 0 ? '  "labels": {}' : `  "labels": {\n${lines.join(',\n')}\n  }`,
  ];
  return `{\n${fields.join(',\n')}\n}\n`.replaceAll('\n', lineEnd);
}

/** Returns the file with changed annotations by key; an empty annotation removes the entry. */
export function withAnnotations(document: LabelsDocument, changed: ReadonlyMap<string, Annotation>): LabelsDocument {
  const annotations = new Map(document.annotations);
  for (const [key, { label, note }] of changed) {
    if (label === undefined && note === undefined) annotations.delete(key);
    else annotations.set(key, { ...(label !== undefined && { label }), ...(note !== undefined && { note }) });
  }
  return { ...document, annotations };
}

/** Unknown content may be nested too deeply to write. */
function canBeWritten({ extra, rejected, unknown }: LabelsDocument): boolean {
  try {
    stringify([extra, [...rejected.values()], [...unknown.values()]]);
    return true;
  } catch {
    return false;
  }
}

function toDocument(file: JsonObject, labels: JsonObject, lineEnd: LabelsDocument['lineEnd']): LabelsDocument {
  const annotations = new Map<string, Annotation>();
  const rejected = new Map<string, JsonValue[]>();
  const unknown = new Map<string, JsonObject>();
  for (const [key, value] of entriesOf(labels)) {
    const entry = isLabelKey(key) && isObject(value) ? parseEntry(value) : undefined;
    if (entry === undefined) {
      const sameKey = rejected.get(key);
      if (sameKey === undefined) rejected.set(key, [value]);
      else sameKey.push(value);
      continue;
    }
    const { label, note } = entry.annotation;
    if (label !== undefined || note !== undefined) annotations.set(key, entry.annotation);
    if (Object.keys(entry.others).length > 0) unknown.set(key, entry.others);
  }
  const extra = entriesOf(file).filter(([name]) => name !== 'version' && name !== 'labels');
  return { annotations, rejected, unknown, extra, lineEnd };
}

function parseEntry(entry: JsonObject): { annotation: Annotation; others: JsonObject } | undefined {
  const { label, note } = entry;
  if (label !== undefined && !isLabel(label)) return undefined;
  if (note !== undefined && !(typeof note === 'string' && note.trim() !== '' && note.length <= maxNoteChars))
    return undefined;
  const fields = entriesOf(entry);
  const others = fields.filter(([name]) => name !== 'label' && name !== 'note');
  const annotation = { ...(label !== undefined && { label }), ...(note !== undefined && { note }) };
  // It is unclear which of two labels or notes is right.
  if (fields.length - others.length > Object.keys(annotation).length) return undefined;
  return { annotation, others: fromEntries(others) };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

function isLabel(value: unknown): value is AnnotationLabel {
  return (annotationLabels as readonly unknown[]).includes(value);
}

function toBroken(problem: LabelsFileProblem): ParsedLabels {
  return { kind: 'broken', problem };
}

/** Finds the position of a duplicate key. Quotes within a string are escaped, so they don't match. */
function findDuplicateKey(text: string, file: JsonObject): number | undefined {
  if (entriesOf(file).filter(([name]) => name === 'labels').length > 1) return text.lastIndexOf('"labels"');
  const seen = new Set<string>();
  for (const { 1: key = '', index } of text.matchAll(/(?<!\\)"([0-9a-f]{64})"\s*:/g)) {
    if (seen.has(key)) return index;
    seen.add(key);
  }
  return undefined;
}

function findLine(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** V8 has the position in some of its messages. */
function findErrorLine(text: string, error: unknown): number | undefined {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return position === undefined ? undefined : findLine(text, Number(position));
}
