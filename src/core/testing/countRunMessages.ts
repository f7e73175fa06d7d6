import { type TestOptions, findRepeats } from './runOptions';
import type { TestCase } from './suite';

export interface Span {
  /** If every expectation holds. */
  readonly min: number;
  /** If the verdict of each test needs all of its runs. */
  readonly max: number;
}

export interface ExpectedMessages {
  readonly tests: number;
  readonly conversations: Span;
  readonly messages: Span;
}

/** Counts what a run will send; skipped tests send nothing. */
export function countRunMessages(
  tests: readonly TestCase[],
  { repeat, canEndEarly = true }: Pick<TestOptions, 'repeat' | 'canEndEarly'> = {},
): ExpectedMessages {
  const planned = tests
    .filter(({ skip }) => skip === undefined)
    .map((test) => {
      const { repeat: max, mustPass } = findRepeats(test, repeat);
      return { turns: test.turns.length, max, min: canEndEarly ? mustPass : max };
    });
  const sum = (count: (test: (typeof planned)[number]) => number): number =>
    planned.reduce((total, test) => total + count(test), 0);
  return {
    tests: planned.length,
    conversations: { min: sum(({ min }) => min), max: sum(({ max }) => max) },
    messages: { min: sum(({ min, turns }) => min * turns), max: sum(({ max, turns }) => max * turns) },
  };
}
