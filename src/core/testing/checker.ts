import type { L10n } from '../text/l10n';
import { type Subject, checkAssertion } from './assertions';
import type { Mismatch } from './mismatch';
import { formatMismatch } from './formatMismatch';
import type { Judge } from './judge';
import { fillTest } from './placeholders';
import type { Failure, TurnNumber, TurnResult } from './result';
import type { Assertion, TestCase, TestSuite } from './suite';

const maxDiffChars = 100_000;

export interface CheckerOptions {
  readonly l10n: L10n;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Time zone of files that name none: `UTC`, `local`, or an IANA name. */
  readonly zone: string;
  /** Undefined if no model was chosen. */
  readonly judge?: Judge | undefined;
  readonly signal?: AbortSignal;
}

/** Compares replies with the expectations of a test. */
export class Checker {
  constructor(private readonly options: CheckerOptions) {}

  /** Fills the placeholders in a test's messages and expectations. */
  readonly fill = (test: TestCase, { timeZone }: Pick<TestSuite, 'timeZone'>): TestCase =>
    fillTest(test, { now: this.options.now(), zone: timeZone ?? this.options.zone });

  readonly checkTurn = (assertions: readonly Assertion[], turn: TurnResult): Promise<readonly Failure[]> => {
    const subject = { text: turn.reply.content, calls: turn.reply.functionCalls, turns: [turn] };
    return this.checkAll(assertions, subject, turn.number);
  };

  /** @param turns the opening message too, if there is one: its tool calls count, but not its text */
  readonly checkConversation = (
    assertions: readonly Assertion[],
    turns: readonly TurnResult[],
  ): Promise<readonly Failure[]> => {
    const replies = turns.filter(({ number }) => number > 0);
    const subject = {
      text: replies.map(({ reply }) => reply.content).join('\n'),
      calls: turns.flatMap(({ reply }) => reply.functionCalls),
      turns: replies,
    };
    return this.checkAll(assertions, subject, undefined);
  };

  private async checkAll(
    assertions: readonly Assertion[],
    subject: Subject,
    turn: TurnNumber,
  ): Promise<readonly Failure[]> {
    const failures: Failure[] = [];
    for (const assertion of assertions) {
      const failure =
        assertion.kind === 'llm-rubric'
          ? await this.askJudge(assertion, subject.turns, turn)
          : this.check(assertion, subject, turn);
      if (failure !== undefined) failures.push(failure);
    }
    return failures;
  }

  private check(
    assertion: Exclude<Assertion, { readonly kind: 'llm-rubric' }>,
    subject: Subject,
    turn: TurnNumber,
  ): Failure | undefined {
    const mismatch = checkAssertion(assertion, subject, assertion.isNegated);
    if (mismatch === undefined) return undefined;
    const place = 'turn' in mismatch ? mismatch.turn : turn;
    const message = this.atPlace(place, formatMismatch(this.options.l10n, mismatch));
    if (mismatch.kind === 'slow-regex' || mismatch.kind === 'bad-regex')
      return { kind: 'file', type: '', turn: place, range: assertion.range, message };
    const { kind, type, range } = assertion;
    return { kind, type, turn: place, range, message, ...boundDiff(mismatch) };
  }

  private async askJudge(
    assertion: Extract<Assertion, { readonly kind: 'llm-rubric' }>,
    turns: readonly TurnResult[],
    turn: TurnNumber,
  ): Promise<Failure | undefined> {
    const { l10n, judge, signal = new AbortController().signal } = this.options;
    const { kind, type, range, rubric, isNegated } = assertion;
    const createError = (message: string): Failure => ({
      ...{ kind: 'judge', type: '', turn, range },
      message: this.atPlace(turn, message),
    });
    if (judge === undefined) return createError(l10n.t('No judge model is set up, so llm-rubric has no verdict.'));
    try {
      const { pass, reason, votes } = await judge.judge(rubric, turns, signal);
      if (pass !== isNegated) return undefined;
      const verdict = pass ? l10n.t('yes') : l10n.t('no');
      const message =
        votes === undefined
          ? l10n.t('{0} judged "{1}": {2}', judge.name, verdict, reason)
          : l10n.t('{0} judged "{1}" ({2} of {3}): {4}', judge.name, verdict, votes.agreed, votes.total, reason);
      return { kind, type, turn, range, message: this.atPlace(turn, message) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return createError(l10n.t('No verdict from {0}: {1}', judge.name, reason));
    }
  }

  private atPlace(turn: TurnNumber, sentence: string): string {
    const { l10n } = this.options;
    if (turn === undefined) return l10n.t('Conversation: {0}', sentence);
    return turn === 0 ? l10n.t('Opening message: {0}', sentence) : l10n.t('Turn {0}: {1}', turn, sentence);
  }
}

function boundDiff({ diff }: Mismatch): Pick<Failure, 'expected' | 'actual'> {
  return diff === undefined ? {} : { expected: bound(diff.expected), actual: bound(diff.actual) };
}

function bound(text: string): string {
  return text.length > maxDiffChars ? `${text.slice(0, maxDiffChars)}…` : text;
}
