import { type Annotation, type AnnotationLabel, maxNoteChars, annotationLabels } from '../model/annotation';
import type { JsonObject, JsonValue } from '../model/json';
import { type Entry, ExactNumber, entriesOf, fromEntries, toNumber, stringify } from '../util/exactJson';
import { parse } from '../util/parseJson';
import { isLabelKey } from './annotations';

/** The labels file, read. What is not understood is kept, so that writing the file loses nothing of anybody's. */
export interface LabelsDocument {
  readonly annotations: ReadonlyMap<string, Annotation>;
  /** Entries that are none, as they stand: one or more with each key. */
  readonly rejected: ReadonlyMap<string, readonly JsonValue[]>;
  /** Fields of entries that this version does not know, by the entry's key. */
  readonly unknown: ReadonlyMap<string, JsonObject>;
  /** Fields of the file beside `version` and `labels`. */
  readonly extra: readonly Entry[];
  readonly lineEnd: '\n' | '\r\n';
}

/** Why a file can't be read, and so is not written either. Lines count from 1. */
export type BrokenLabels =
  | { readonly kind: 'conflict'; readonly line: number }
  | { readonly kind: 'notJson'; readonly line: number | undefined }
  | { readonly kind: 'shape' }
  | { readonly kind: 'newer' }
  /** A key stands there twice, as after a merge that took both sides: which of the two holds is not for us to say. */
  | { readonly kind: 'twice'; readonly line: number };

export type ParsedLabels =
  | { readonly kind: 'read'; readonly document: LabelsDocument }
  | { readonly kind: 'broken'; readonly problem: BrokenLabels };

export const noLabels: LabelsDocument = {
  annotations: new Map(),
  rejected: new Map(),
  unknown: new Map(),
  extra: [],
  lineEnd: '\n',
};

const version = 1;

/** @param text of the file, with or without a byte order mark */
export function parseLabels(text: string): ParsedLabels {
  const conflict = /^(?:<{7}|={7}|>{7})(?: |\r?$)/m.exec(text);
  if (conflict !== null) return broken({ kind: 'conflict', line: lineOf(text, conflict.index) });
  let value: JsonValue;
  try {
    value = parse(text.replace(/^\ufeff/, ''), 'value');
  } catch (error) {
    return broken({ kind: 'notJson', line: lineIn(text, error) });
  }
  if (!isObject(value)) return broken({ kind: 'shape' });
  const { labels } = value;
  const written = toNumber(value['version']);
  if (written !== undefined && written > version) return broken({ kind: 'newer' });
  if (written !== version || !isObject(labels)) return broken({ kind: 'shape' });
  const twice = secondOfAKey(text, value);
  if (twice !== undefined) return broken({ kind: 'twice', line: lineOf(text, twice) });
  const document = documentOf(value, labels, text.includes('\r\n') ? '\r\n' : '\n');
  return canBeWritten(document) ? { kind: 'read', document } : broken({ kind: 'shape' });
}

/** One entry a line and in the order of their keys: what two people add seldom meets when their work is merged. */
export function serialiseLabels({ annotations, rejected, unknown, extra, lineEnd }: LabelsDocument): string {
  const entries = new Map<string, JsonValue>(unknown);
  for (const [key, annotation] of annotations)
    entries.set(key, fromEntries([...Object.entries(annotation), ...entriesOf(unknown.get(key) ?? {})]));
  const kept = [...rejected].flatMap(([key, all]) => all.map((entry): Entry => [key, entry]));
  const lines = [...entries, ...kept]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, entry]) => `    ${stringify(key)}: ${stringify(entry)}`);
  const fields = [
    `  "version": ${version}`,
    ...extra.map(([name, value]) => `  ${stringify(name)}: ${stringify(value)}`),
    lines.length === 0 ? '  "labels": {}' : `  "labels": {\n${lines.join(',\n')}\n  }`,
  ];
  return `{\n${fields.join(',\n')}\n}\n`.replaceAll('\n', lineEnd);
}

/** The file with other labels or notes, by key; what is undefined in both is no entry any more. */
export function withAnnotations(document: LabelsDocument, changed: ReadonlyMap<string, Annotation>): LabelsDocument {
  const annotations = new Map(document.annotations);
  for (const [key, { label, note }] of changed) {
    if (label === undefined && note === undefined) annotations.delete(key);
    else annotations.set(key, { ...(label !== undefined && { label }), ...(note !== undefined && { note }) });
  }
  return { ...document, annotations };
}

/** What is kept without being understood may be nested deeper than can be written again. */
function canBeWritten({ extra, rejected, unknown }: LabelsDocument): boolean {
  try {
    stringify([extra, [...rejected.values()], [...unknown.values()]]);
    return true;
  } catch {
    return false;
  }
}

function documentOf(file: JsonObject, labels: JsonObject, lineEnd: LabelsDocument['lineEnd']): LabelsDocument {
  const annotations = new Map<string, Annotation>();
  const rejected = new Map<string, JsonValue[]>();
  const unknown = new Map<string, JsonObject>();
  for (const [key, value] of entriesOf(labels)) {
    const entry = isLabelKey(key) && isObject(value) ? entryOf(value) : undefined;
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

function entryOf(entry: JsonObject): { annotation: Annotation; others: JsonObject } | undefined {
  const { label, note } = entry;
  if (label !== undefined && !isVerdict(label)) return undefined;
  if (note !== undefined && !(typeof note === 'string' && note.trim() !== '' && note.length <= maxNoteChars))
    return undefined;
  const fields = entriesOf(entry);
  const others = fields.filter(([name]) => name !== 'label' && name !== 'note');
  const annotation = { ...(label !== undefined && { label }), ...(note !== undefined && { note }) };
  // Two labels or two notes: which one counts isn't known.
  if (fields.length - others.length > Object.keys(annotation).length) return undefined;
  return { annotation, others: fromEntries(others) };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

function isVerdict(value: unknown): value is AnnotationLabel {
  return (annotationLabels as readonly unknown[]).includes(value);
}

function broken(problem: BrokenLabels): ParsedLabels {
  return { kind: 'broken', problem };
}

/** Where a key stands that stood before; within a text its quotes have a backslash. */
function secondOfAKey(text: string, file: JsonObject): number | undefined {
  if (entriesOf(file).filter(([name]) => name === 'labels').length > 1) return text.lastIndexOf('"labels"');
  const seen = new Set<string>();
  for (const { 1: key = '', index } of text.matchAll(/(?<!\\)"([0-9a-f]{64})"\s*:/g)) {
    if (seen.has(key)) return index;
    seen.add(key);
  }
  return undefined;
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** V8 names the position in some of its messages. */
function lineIn(text: string, error: unknown): number | undefined {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  return position === undefined ? undefined : lineOf(text, Number(position));
}
