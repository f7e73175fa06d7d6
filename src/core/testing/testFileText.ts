import {
  Document,
  Scalar,
  type YAMLSeq,
  isCollection,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml';
import type { JsonValue } from '../model/json';
import { ExactNumber, entriesOf, isJsonArray, isJsonObject } from '../util/exactJson';
import type { DraftTest } from './fromConversation';
import { parseSuite } from './parse';
import type { AssistantReference } from './suite';

/** Returns the text of a new test file. */
export function writeTestFile({ name, id }: AssistantReference, tests: readonly DraftTest[]): string {
  const assistant = id === undefined ? name : { name, id };
  return toYaml({ assistant, tests: makeUnique(tests, new Set()) as unknown as JsonValue });
}

/**
 * Adds tests at the end of a test file. The existing text stays as it is, byte for byte.
 * @returns undefined if the file isn't a valid test file
 */
export function appendTests(text: string, tests: readonly DraftTest[]): string | undefined {
  const existing = parseSuite(text).suite;
  const sequence = parseDocument(text).get('tests', true);
  if (existing === undefined || !isSeq(sequence) || !sequence.range) return undefined;
  const added = makeUnique(tests, new Set(existing.tests.map(({ description }) => description)));
  const changed = sequence.flow === true ? addToFlow(text, sequence, added) : addToBlock(text, sequence, added);
  const count = parseSuite(changed).suite?.tests.length;
  return count === existing.tests.length + tests.length ? changed : undefined;
}

/** The second test of a name gets a number. */
function makeUnique(tests: readonly DraftTest[], taken: Set<string>): readonly DraftTest[] {
  return tests.map((test) => {
    let { description } = test;
    for (let number = 2; taken.has(description); number += 1) description = `${test.description} (${number})`;
    taken.add(description);
    return { ...test, description };
  });
}

function addToBlock(text: string, sequence: YAMLSeq, tests: readonly DraftTest[]): string {
  const range = findLastRange(sequence);
  const dash = text.lastIndexOf('-', range.start);
  const indent = ' '.repeat(dash - (text.lastIndexOf('\n', dash) + 1));
  const isAtLineStart = text[range.end - 1] === '\n';
  const lineEnd = text.indexOf('\n', range.end);
  const at = isAtLineStart ? range.end : lineEnd === -1 ? text.length : lineEnd + 1;
  const lines = toYaml(tests as unknown as JsonValue).replace(/^(?=.)/gm, indent);
  const before = text.slice(0, at);
  return before + useLineBreaksOf(text, `${before.endsWith('\n') ? '' : '\n'}${lines}`) + text.slice(at);
}

function addToFlow(text: string, sequence: YAMLSeq, tests: readonly DraftTest[]): string {
  const last = findLastRange(sequence).end;
  const end = (sequence.range?.[1] ?? text.length) - 1;
  const hasComma = /^\s*(?:#.*\s*)*,/.test(text.slice(last, end));
  // Flow lines need more indentation than the key of the list.
  const items = tests.map((test) =>
    toYaml(test as unknown as JsonValue, true)
      .trim()
      .replace(/^(?=.)/gm, '  '),
  );
  return text.slice(0, end) + useLineBreaksOf(text, `${hasComma ? '' : ','}\n${items.join(',\n')} `) + text.slice(end);
}

function findLastRange({ items }: YAMLSeq): { readonly start: number; readonly end: number } {
  const last = items.at(-1);
  return { start: isNode(last) ? (last.range?.[0] ?? 0) : 0, end: findEnd(last) };
}

/** Returns the end of a value. That of a block collection includes the comments after it, so its last value counts. */
function findEnd(node: unknown): number {
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (!isPair(last)) return findEnd(last);
    return Math.max(findEnd(last.key), findEnd(last.value));
  }
  return isNode(node) ? (node.range?.[1] ?? 0) : 0;
}

function useLineBreaksOf(text: string, added: string): string {
  return text.includes('\r\n') ? added.replaceAll('\n', '\r\n') : added;
}

function toYaml(value: JsonValue, isFlow = false): string {
  const document = new Document(toPlain(value), { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      // Block scalars and plain text can't hold every character.
      if (
        isScalar(node) &&
        typeof node.value === 'string' &&
        /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\u{10000}-\u{10ffff}]|\n[ \t]/u.test(node.value)
      )
        node.type = Scalar.QUOTE_DOUBLE;
    },
    Collection: (_, node) => {
      if (isFlow) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** Maps instead of objects, because a field may be called `__proto__`. */
function toPlain(value: JsonValue): unknown {
  if (value instanceof ExactNumber) return /^-?\d+$/.test(value.source) ? BigInt(value.source) : Number(value.source);
  if (isJsonArray(value)) return value.map(toPlain);
  if (!isJsonObject(value)) return value;
  return new Map(entriesOf(value).map(([name, field]) => [name, toPlain(field)]));
}

const maxNameChars = 60;

/** Returns a file name for the tests of an assistant, such as `clinic-desk.conversation.yaml`. */
export function createTestFileName(assistantName: string): string {
  const words = assistantName.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = [...words.join('-')].slice(0, maxNameChars).join('');
  return `${name === '' ? 'assistant' : name}.conversation.yaml`;
}
