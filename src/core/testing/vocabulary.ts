/** Maps of a test file, with their keys in the order in which they're usually written. */
export const keys = {
  suite: ['$schema', 'description', 'assistant', 'variables', 'timeZone', 'defaultTest', 'tests'],
  assistant: ['name', 'id'],
  defaultTest: ['assert', 'repeat', 'mustPass', 'stopOnFailure'],
  test: [
    ...(['description', 'tags', 'skip', 'variables', 'repeat', 'mustPass', 'stopOnFailure'] as const),
    ...(['opening', 'turns', 'assert'] as const),
  ],
  opening: ['assert'],
  turn: ['user', 'reference', 'assert'],
  assertion: ['type', 'value', 'threshold'],
  range: ['min', 'max'],
  toolUsed: ['name', 'min', 'max'],
  toolArgs: ['name', 'args', 'patterns', 'mode', 'ignore'],
  toolSequence: ['steps', 'mode'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MapKind = keyof typeof keys;
export type KeyName<Kind extends MapKind> = (typeof keys)[Kind][number];

/** The kind of an assertion's value. */
export type ValueKind =
  'text' | 'texts' | 'regex' | 'range' | 'threshold' | 'toolUsed' | 'toolArgs' | 'toolSequence' | 'nothing' | 'rubric';

export interface AssertionType {
  readonly value: ValueKind;
  /** Whether `not-` may precede it. */
  readonly isNegatable: boolean;
}

/** All assertion types, without `not-` and `trajectory:`. */
export const assertionTypes = {
  contains: { value: 'text', isNegatable: true },
  icontains: { value: 'text', isNegatable: true },
  'contains-any': { value: 'texts', isNegatable: true },
  'contains-all': { value: 'texts', isNegatable: false },
  'icontains-any': { value: 'texts', isNegatable: true },
  'icontains-all': { value: 'texts', isNegatable: false },
  equals: { value: 'text', isNegatable: true },
  'starts-with': { value: 'text', isNegatable: true },
  regex: { value: 'regex', isNegatable: true },
  'word-count': { value: 'range', isNegatable: false },
  latency: { value: 'threshold', isNegatable: false },
  'tool-used': { value: 'toolUsed', isNegatable: true },
  'tool-args-match': { value: 'toolArgs', isNegatable: true },
  'tool-sequence': { value: 'toolSequence', isNegatable: true },
  'tool-count': { value: 'range', isNegatable: false },
  'tool-succeeds': { value: 'nothing', isNegatable: false },
  'llm-rubric': { value: 'rubric', isNegatable: true },
} as const satisfies Readonly<Record<string, AssertionType>>;

export type AssertionTypeName = keyof typeof assertionTypes;

/** promptfoo writes these before its assertions of tools. */
const trajectoryTypes: ReadonlySet<string> = new Set(['tool-used', 'tool-args-match', 'tool-sequence']);

/** All types as they may be written, without `trajectory:`. */
export const writtenTypes: readonly string[] = Object.entries(assertionTypes).flatMap(([name, { isNegatable }]) =>
  isNegatable ? [name, `not-${name}`] : [name],
);

/** Returns undefined for an unknown type. */
export function parseTypeName(
  written: string,
): { readonly name: AssertionTypeName; readonly isNegated: boolean } | undefined {
  const isNegated = written.startsWith('not-');
  const prefixed = isNegated ? written.slice('not-'.length) : written;
  const name = prefixed.replace(/^trajectory:/, '');
  if (name !== prefixed && !trajectoryTypes.has(name)) return undefined;
  if (!Object.hasOwn(assertionTypes, name)) return undefined;
  const known = name as AssertionTypeName;
  return isNegated && !assertionTypes[known].isNegatable ? undefined : { name: known, isNegated };
}

/** promptfoo's types that a test file can't have: they run code, or ask a model in another way. */
const codeTypes: ReadonlySet<string> = new Set(['javascript', 'python', 'webhook', 'ruby']);
const modelTypes: ReadonlySet<string> = new Set([
  ...['similar', 'factuality', 'g-eval', 'answer-relevance', 'model-graded-closedqa', 'model-graded-factuality'],
  ...['context-faithfulness', 'context-recall', 'context-relevance', 'select-best', 'classifier', 'moderation'],
  ...['agent-rubric', 'conversation-relevance', 'trajectory:goal-success'],
]);

export type ForeignTypeKind = 'runs-code' | 'needs-rubric' | 'costs-nothing';

export function findForeignType(written: string): ForeignTypeKind | undefined {
  const name = written.replace(/^not-/, '');
  if (codeTypes.has(name)) return 'runs-code';
  if (modelTypes.has(name)) return 'needs-rubric';
  return name === 'cost' ? 'costs-nothing' : undefined;
}
