import { type TestOptions, findRepeats } from './runOptions';
import type { TestCase } from './suite';

export interface Span {
  /** If every expectation holds. */
  readonly least: number;
  /** If the verdict of each test needs all of its runs. */
  readonly most: number;
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
      const { repeat: most, mustPass } = findRepeats(test, repeat);
      return { turns: test.turns.length, most, least: canEndEarly ? mustPass : most };
    });
  const sum = (count: (test: (typeof planned)[number]) => number): number =>
    planned.reduce((total, test) => total + count(test), 0);
  return {
    tests: planned.length,
    conversations: { least: sum(({ least }) => least), most: sum(({ most }) => most) },
    messages: { least: sum(({ least, turns }) => least * turns), most: sum(({ most, turns }) => most * turns) },
  };
}
