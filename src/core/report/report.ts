import type { RunResult, TestResult, Verdict } from '../testing/result';
import type { TestCase, TestSuite } from '../testing/suite';

/** The results of a file. */
export interface FileReport {
  /** Relative to the folder of the run, with forward slashes. */
  readonly path: string;
  /** The file's text, for line numbers. */
  readonly text: string;
  readonly suite: TestSuite;
  /** The assistant that replied. */
  readonly assistant: string;
  readonly tests: readonly TestReport[];
}

export interface TestReport {
  readonly test: TestCase;
  readonly result: TestResult;
}

export interface RunReport {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Name and version of the program. */
  readonly program: string;
  /** Host of the server. */
  readonly server: string;
  /** Name of the model that judged `llm-rubric`; undefined if there was none. */
  readonly judge?: string | undefined;
  readonly files: readonly FileReport[];
}

export interface FilePlace {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

/** @param offset in UTF-16 units */
export function findPlace(text: string, offset: number): FilePlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

export type VerdictCounts = Readonly<Record<Verdict, number>>;

export function countVerdicts(tests: readonly TestReport[]): VerdictCounts {
  const counts = { passed: 0, failed: 0, errored: 0, skipped: 0 };
  for (const { result } of tests) counts[result.verdict] += 1;
  return counts;
}

/** Returns the failures of the first run with the test's verdict, failed expectations before errors. */
export function listFailures({ verdict, runs }: TestResult): RunResult['failures'] {
  if (verdict !== 'failed' && verdict !== 'errored') return [];
  const [first] = runs.filter((run) => run.verdict === verdict);
  // In a failed run, expectations precede errors.
  return [...(first?.failures ?? [])].sort((a, b) => Number(a.type === '') - Number(b.type === ''));
}

export function sumMs({ runs }: TestResult): number {
  return runs.reduce((total, { ms }) => total + ms, 0);
}

/** Returns "3 of 5 runs passed."; undefined if the test ran once. */
export function formatRate({ runs }: TestResult): string | undefined {
  if (runs.length < 2) return undefined;
  return `${runs.filter(({ verdict }) => verdict === 'passed').length} of ${runs.length} runs passed.`;
}

/** Cuts to at most `max` UTF-16 units, and marks it. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
