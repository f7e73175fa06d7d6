import type { TextRange } from './suite';

export type Severity = 'error' | 'warning' | 'hint';

/** The values that are valid at a place. */
export type ExpectedValue =
  | 'suite'
  | 'key'
  | 'text'
  | 'textOrNumber'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'booleanOrText'
  | 'list'
  | 'map'
  | 'assistant'
  | 'range'
  | 'toolUsed'
  | 'toolSequence';

export type ProblemDetail =
  | { readonly kind: 'syntax'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly maxBytes: number }
  | { readonly kind: 'several-documents' | 'too-deep' | 'unresolved-alias' | 'unquoted-placeholder' }
  | { readonly kind: 'too-many-values'; readonly max: number }
  | { readonly kind: 'duplicate-key'; readonly key: string }
  | { readonly kind: 'unknown-key'; readonly key: string; readonly suggestion: string | undefined }
  | { readonly kind: 'missing-key'; readonly key: string }
  | { readonly kind: 'missing-one-of'; readonly keys: readonly string[] }
  | { readonly kind: 'wrong-value'; readonly expected: ExpectedValue }
  /** Number of characters, entries, or keys. */
  | { readonly kind: 'wrong-length'; readonly of: 'text' | 'list' | 'map'; readonly min: number; readonly max: number }
  /** Undefined bounds are open. */
  | { readonly kind: 'out-of-range'; readonly min: number; readonly max: number | undefined }
  | { readonly kind: 'not-positive' | 'bad-tag' | 'threshold' }
  | { readonly kind: 'unknown-choice'; readonly choices: readonly string[] }
  | { readonly kind: 'unknown-type'; readonly type: string; readonly suggestion: string | undefined }
  | { readonly kind: 'runs-code' | 'needs-rubric' | 'costs-nothing'; readonly type: string }
  | { readonly kind: 'assistant-uuid' | 'time-zone' | 'blank-message' | 'asserts-nothing' }
  | { readonly kind: 'long-message'; readonly maxChars: number }
  | { readonly kind: 'too-many-passes'; readonly mustPass: number; readonly repeat: number }
  | { readonly kind: 'bad-regex'; readonly reason: string }
  | { readonly kind: 'duplicate-description'; readonly description: string }
  | { readonly kind: 'unknown-placeholder'; readonly name: string }
  | { readonly kind: 'needless-value'; readonly type: string }
  | { readonly kind: 'empty-range'; readonly min: number; readonly max: number };

export type ProblemKind = ProblemDetail['kind'];

/** A problem of a test file. `formatProblem` has its message. */
export interface Problem {
  readonly range: TextRange;
  /** A file with an error has no tests. */
  readonly severity: Severity;
  /** Whether an editor with the JSON schema reports it, too. */
  readonly isInSchema: boolean;
  readonly detail: ProblemDetail;
}

const severities: Partial<Readonly<Record<ProblemKind, Severity>>> = {
  'duplicate-description': 'warning',
  'unknown-placeholder': 'warning',
  'needless-value': 'warning',
  'empty-range': 'warning',
  'asserts-nothing': 'hint',
};

/** Syntax is among them: the schema's editor needs a parser, too. */
const inSchema: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  ...([
    'syntax',
    'duplicate-key',
    'unresolved-alias',
    'unquoted-placeholder',
    'unknown-key',
    'missing-key',
    'missing-one-of',
  ] as const),
  ...(['wrong-value', 'wrong-length', 'out-of-range', 'not-positive', 'bad-tag', 'threshold'] as const),
  ...(['unknown-choice', 'unknown-type', 'runs-code', 'needs-rubric', 'costs-nothing'] as const),
]);

const maxProblems = 500;

/** Collects the problems of one file. */
export class ProblemCollector {
  /** By place and kind, because a value with an alias is read several times. */
  private readonly found = new Map<string, Problem>();

  get hasErrors(): boolean {
    return [...this.found.values()].some(({ severity }) => severity === 'error');
  }

  add(range: TextRange, detail: ProblemDetail): void {
    const severity = severities[detail.kind] ?? 'error';
    const key = `${range.start} ${range.end} ${detail.kind} ${'key' in detail ? detail.key : ''}`;
    this.found.set(key, { range, severity, isInSchema: inSchema.has(detail.kind), detail });
  }

  /** Returns the first ones from top to bottom. */
  list(): readonly Problem[] {
    return [...this.found.values()]
      .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)
      .slice(0, maxProblems);
  }
}
