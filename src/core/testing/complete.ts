import type { L10n } from '../text/l10n';
import { describeKey, describeType } from './describe';
import { type Located, type Role, locateScalar } from './location';
import type { TextRange } from './suite';
import { keys, parseTypeName, writtenTypes } from './vocabulary';

export interface KnownNames {
  readonly assistants: readonly string[];
  readonly tools: readonly string[];
}

export interface SuiteCompletion {
  readonly kind: 'key' | 'type' | 'assistant' | 'tool' | 'value';
  readonly label: string;
  readonly insertText: string;
  /** The text to replace. */
  readonly range: TextRange;
  /** Plain text. */
  readonly documentation: string | undefined;
}

const marker = 'cursor0cursor';
/** In YAML, these would end a plain scalar or mean something else. */
const needsQuotes = /^[\s&*!|>'"%@`#{}[\],?:-]|[:#,[\]{}]|\s$|^(?:true|false|null|~|[\d.+-].*)$/i;

/** Returns the completions at an offset, also in a file with errors. */
export function completeAt(l10n: L10n, text: string, offset: number, known: KnownNames): readonly SuiteCompletion[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(before)) return [];
  const start = offset - findTyped(before).length;
  const [rest = ''] = /^[^\r\n,\]}]*/.exec(text.slice(offset)) ?? [];
  const hasColon = /^[\w$-]*\s*:/.test(rest);
  const end = offset + (/^[\w$*-]*/.exec(rest)?.[0].length ?? 0);
  const isBlockKey = /^\s*(?:-\s+)*$/.test(text.slice(lineStart, start)) && !hasColon && rest.trim() === '';
  const locate = (colon: string): Located | undefined =>
    locateScalar(`${text.slice(0, start)}${marker}${colon}${text.slice(end)}`, ({ value }) => value === marker);
  // On a line of its own, the text may be a key without its colon or an entry of a list.
  const roles = isBlockKey ? [...(locate(':')?.roles ?? []), ...(locate('')?.roles ?? [])] : (locate('')?.roles ?? []);
  // A map can't begin on the line of its key.
  const isInline = /:\s+$/.test(text.slice(lineStart, start));
  const found = roles
    .filter(({ role }) => !(isInline && role === 'key'))
    .flatMap((role) => listCompletions(l10n, role, known, hasColon));
  const unique = new Map(found.map((each) => [`${each.kind} ${each.label}`, { ...each, range: { start, end } }]));
  return [...unique.values()];
}

/** Returns the part of the line that a completion replaces. */
function findTyped(before: string): string {
  return /(?:^\s*(?:-\s+)*|[{[,]\s*|:\s+)([^{}[\],:]*|[^{}[\],\s]*)$/.exec(before)?.[1] ?? '';
}

type Unplaced = Omit<SuiteCompletion, 'range'>;

function listCompletions(l10n: L10n, role: Role, known: KnownNames, hasColon: boolean): readonly Unplaced[] {
  switch (role.role) {
    case 'key':
      return keys[role.map]
        .filter((key) => !role.others.includes(key))
        .map((key) => ({
          ...{ kind: 'key', label: key, insertText: hasColon ? key : `${key}: ` },
          documentation: describeKey(l10n, role.map, key),
        }));
    case 'tool':
      return known.tools.map((name) => createName('tool', name));
    case 'value':
      return listValues(l10n, `${role.map}.${role.key}`, known);
  }
}

function listValues(l10n: L10n, place: string, known: KnownNames): readonly Unplaced[] {
  const choices = (...texts: readonly string[]): readonly Unplaced[] =>
    texts.map((label) => ({ kind: 'value', label, insertText: label, documentation: undefined }));
  switch (place) {
    case 'suite.assistant':
    case 'assistant.name':
      return known.assistants.map((name) => createName('assistant', name));
    case 'assertion.type':
      return writtenTypes.map((label) => ({
        kind: 'type',
        label,
        insertText: label,
        documentation: describe(l10n, label),
      }));
    case 'toolArgs.mode':
      return choices('partial', 'exact');
    case 'toolSequence.mode':
      return choices('in_order', 'exact');
    case 'defaultTest.stopOnFailure':
    case 'test.stopOnFailure':
    case 'test.skip':
      return choices('true', 'false');
    default:
      return [];
  }
}

function describe(l10n: L10n, type: string): string | undefined {
  const known = parseTypeName(type);
  if (known === undefined) return undefined;
  const sentence = describeType(l10n, known.name);
  return known.isNegated ? l10n.t('Not: {0}', sentence) : sentence;
}

function createName(kind: 'assistant' | 'tool', name: string): Unplaced {
  const insertText = needsQuotes.test(name) ? JSON.stringify(name) : name;
  return { kind, label: name, insertText, documentation: undefined };
}

export interface Hover {
  readonly range: TextRange;
  /** Plain text. */
  readonly text: string;
}

/** Describes the key or the assertion type at an offset. */
export function describeAt(l10n: L10n, text: string, offset: number): Hover | undefined {
  const located = locateScalar(
    text,
    ({ range }) => range !== undefined && range !== null && range[0] <= offset && offset <= range[1],
  );
  for (const role of located?.roles ?? []) {
    const description = located && describeRole(l10n, role, located.text);
    if (located && description !== undefined) return { range: located.range, text: description };
  }
  return undefined;
}

function describeRole(l10n: L10n, role: Role, text: string): string | undefined {
  if (role.role === 'key') return describeKey(l10n, role.map, text);
  return role.role === 'value' && role.map === 'assertion' && role.key === 'type' ? describe(l10n, text) : undefined;
}
