import type { ApiError } from '../api/errors';
import type { L10n } from '../text/l10n';
import type { Failure, TurnResult } from './result';
import type { Assertion, TestCase, TestSuite } from './suite';

type Failures = readonly Failure[] | Promise<readonly Failure[]>;

/** Compares replies with expectations. */
export interface TestChecker {
  /** Fills the placeholders in a test's messages and expectations. */
  readonly fill: (test: TestCase, suite: TestSuite) => TestCase;
  readonly checkTurn: (assertions: readonly Assertion[], turn: TurnResult) => Failures;
  /** @param turns the opening message too, if there is one */
  readonly checkConversation: (assertions: readonly Assertion[], turns: readonly TurnResult[]) => Failures;
}

export interface TestOptions {
  readonly checker: TestChecker;
  readonly l10n: L10n;
  /** Returns a sentence. */
  readonly describeError: (error: ApiError) => string;
  /** Aborted to send no more messages; the reply to the last one is awaited. */
  readonly stop: AbortSignal;
  /** Runs of each test, instead of the file's number; the same share of them must pass. */
  readonly repeat?: number;
  /** Whether a test's runs end as soon as its verdict is certain. Default: true. */
  readonly canEndEarly?: boolean;
  /** Called for each reply, and for the opening message. `run` counts from 1. */
  readonly onTurn?: (test: TestCase, turn: TurnResult, run: number) => void;
}

/** How often a test runs, and how many of its runs must pass. */
export interface Repeats {
  readonly repeat: number;
  readonly mustPass: number;
}

export function findRepeats(test: Repeats, repeat = test.repeat): Repeats {
  return { repeat, mustPass: Math.max(1, Math.ceil((test.mustPass / test.repeat) * repeat)) };
}
