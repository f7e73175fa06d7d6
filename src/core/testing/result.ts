import type { Turn } from '../model/transcript';
import type { AssertionCheck, TextRange } from './suite';

/** A reply's number, counted from 1; 0 is the opening message; undefined is the whole conversation. */
export type TurnNumber = number | undefined;

/** Why a run couldn't be judged. Reports print these words, so they don't change. */
export type ErrorKind = 'no-reply' | 'lost' | 'server' | 'balance' | 'assistant' | 'judge' | 'file';

/** An assertion that didn't hold, or couldn't be checked. */
export interface Failure {
  /** The assertion's kind, or why it couldn't be checked. */
  readonly kind: AssertionCheck['kind'] | ErrorKind;
  /** The assertion as written, such as `not-icontains`; empty for an error. */
  readonly type: string;
  readonly turn: TurnNumber;
  /** The assertion in the file, or the user's message that has no reply. */
  readonly range: TextRange;
  /** A sentence for people, which starts with the place: "Turn 2: 131 words, at most 80." */
  readonly message: string;
  /** Texts for a diff, if the kind has one. */
  readonly expected?: string;
  readonly actual?: string;
}

/** A reply, or the opening message if it's number 0. */
export interface TurnResult {
  readonly number: number;
  /** Empty for the opening message. */
  readonly user: string;
  readonly reply: Turn;
  /** From sending to the reply, without waiting for the rate limit; undefined for the opening message. */
  readonly ms: number | undefined;
}

export type Verdict = 'passed' | 'failed' | 'errored' | 'skipped';

/** One conversation of a test. */
export interface RunResult {
  readonly verdict: Verdict;
  readonly ms: number;
  /** Undefined if no conversation was created. */
  readonly conversationId: string | undefined;
  readonly turns: readonly TurnResult[];
  readonly failures: readonly Failure[];
  /** Messages that were sent. */
  readonly messages: number;
}

export interface TestResult {
  readonly verdict: Verdict;
  readonly runs: readonly RunResult[];
  /** Why it was skipped, as a sentence; empty without a reason. */
  readonly skipped?: string;
}
