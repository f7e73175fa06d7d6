import type { ApiError } from '../api/errors';
import type { CreatedConversation } from '../api/api';
import { joinReplies, mayHaveArrived } from '../running/arrival';
import { type Decision, type Interruption, type RerunOutcome, type RerunContext, rerun } from '../running/rerun';
import type { Turn } from '../model/transcript';
import { findMessageProblem } from '../text/message';
import { systemClock } from '../util/abort';
import type { ErrorKind, Failure, RunResult, TurnResult, Verdict } from './result';
import { type RunEnding, findRunEnding } from './runEnding';
import type { TestOptions } from './runOptions';
import type { TestCase, TextRange } from './suite';

/** A test with its placeholders filled, and the assistant to run it with. */
export interface RunnableTest {
  readonly test: TestCase;
  readonly assistantUuid: string;
}

export interface FinishedRun {
  readonly result: RunResult;
  /** Set if no other test can run. */
  readonly ending: RunEnding | undefined;
}

type RunOptions = Pick<TestOptions, 'checker' | 'l10n' | 'describeError' | 'stop'> & {
  readonly onTurn: (turn: TurnResult) => void;
};

/** Runs a test as one test conversation. Each message is sent once, whatever fails. */
export function runOnce(runnable: RunnableTest, context: RerunContext, options: RunOptions): Promise<FinishedRun> {
  return new TestRun(runnable, context, options).run();
}

class TestRun {
  private readonly turns: TurnResult[] = [];
  private readonly failures: Failure[] = [];
  private readonly noMore = new AbortController();
  private messages = 0;
  private hasFailed = false;
  private ending: RunEnding | undefined;

  constructor(
    private readonly runnable: RunnableTest,
    private readonly context: RerunContext,
    private readonly options: RunOptions,
  ) {}

  async run(): Promise<FinishedRun> {
    const { clock = systemClock } = this.context;
    const startedAt = clock.now();
    const outcome = this.checkMessages() ? await this.converse() : undefined;
    if (outcome?.error !== undefined) this.handleFailure(outcome.id, outcome.error);
    if (outcome?.kind === 'done') await this.checkConversation();
    const result: RunResult = {
      verdict: this.findVerdict(outcome),
      ms: clock.now() - startedAt,
      conversationId: outcome?.id,
      turns: this.turns,
      failures: this.failures,
      messages: this.messages,
    };
    return { result, ending: this.ending };
  }

  /** Placeholders may have made a message too long. */
  private checkMessages(): boolean {
    const { l10n } = this.options;
    for (const [index, { user, userRange }] of this.runnable.test.turns.entries()) {
      const problem = findMessageProblem(user);
      if (problem === undefined) continue;
      const message =
        problem === 'blank'
          ? l10n.t('Message {0} is empty. Nothing was sent.', index + 1)
          : l10n.t('Message {0} is too long. Nothing was sent.', index + 1);
      this.addError('file', index + 1, userRange, message);
    }
    return this.failures.length === 0;
  }

  private converse(): Promise<RerunOutcome> {
    const { test, assistantUuid } = this.runnable;
    const plan = {
      assistantUuid,
      variables: test.variables,
      messages: test.turns.map(({ user }) => user),
      leftOut: { blank: 0, tooLong: 0 },
    };
    return rerun(plan, this.context, {
      step: () => undefined,
      stop: AbortSignal.any([this.options.stop, this.noMore.signal]),
      onCreated: (conversation) => this.handleOpening(conversation),
      onAnswered: (number, reply, ms) => this.handleReply(number, reply, ms),
      decide: (interruption) => Promise.resolve(this.decide(interruption)),
    });
  }

  private async handleOpening({ turns }: CreatedConversation): Promise<void> {
    const { opening } = this.runnable.test;
    const reply = joinReplies(turns);
    if (reply === undefined && opening.length === 0) return;
    const noReply: Turn = { role: 'assistant', content: '', functionCalls: [] };
    await this.check({ number: 0, user: '', reply: reply ?? noReply, ms: undefined }, opening);
  }

  private async handleReply(number: number, reply: Turn | undefined, ms: number): Promise<void> {
    this.messages += 1;
    const turn = this.runnable.test.turns[number - 1];
    if (turn === undefined) return;
    if (reply !== undefined) return this.check({ number, user: turn.user, reply, ms }, turn.assertions);
    const { l10n } = this.options;
    this.addError('no-reply', number, turn.userRange, l10n.t('Message {0} was delivered but has no reply.', number));
    this.noMore.abort();
  }

  private async check(turn: TurnResult, assertions: TestCase['opening']): Promise<void> {
    this.turns.push(turn);
    this.options.onTurn(turn);
    this.addFailures(await this.options.checker.checkTurn(assertions, turn));
    if (this.hasFailed && this.runnable.test.stopOnFailure) this.noMore.abort();
  }

  private async checkConversation(): Promise<void> {
    const { stopOnFailure, assertions } = this.runnable.test;
    const isIncomplete = this.turns.filter(({ number }) => number > 0).length < this.runnable.test.turns.length;
    if (isIncomplete || (stopOnFailure && this.hasFailed)) return;
    this.addFailures(await this.options.checker.checkConversation(assertions, this.turns));
  }

  /** Continues only with a reply: sending again could do something real twice. */
  private decide({ number, error, arrival }: Interruption): Decision {
    if (arrival === 'answered') return 'continue';
    // A delivered message without a reply is counted by handleReply, which follows.
    if (arrival === 'unanswered') return 'stop';
    if (!error.unsent) this.messages += 1;
    const { l10n, describeError } = this.options;
    const range = this.runnable.test.turns[number - 1]?.userRange ?? this.runnable.test.range;
    const reason = describeError(error);
    this.ending = findRunEnding(error);
    if (arrival === 'notTaken') {
      const kind = this.ending?.kind ?? 'server';
      this.addError(kind, number, range, l10n.t("Message {0} wasn't delivered. {1}", number, reason));
    } else {
      const message = l10n.t(
        'Message {0} has no reply; it may have been delivered. Nothing is sent twice. {1}',
        number,
        reason,
      );
      this.addError(this.ending?.kind ?? 'lost', number, range, message);
    }
    return 'stop';
  }

  /** The conversation wasn't created, or the client was disposed. */
  private handleFailure(id: string | undefined, error: ApiError): void {
    const { l10n, describeError } = this.options;
    const { range } = this.runnable.test;
    const reason = describeError(error);
    this.ending = findRunEnding(error);
    if (id !== undefined) {
      if (!error.unsent) this.messages += 1;
      this.addError('server', undefined, range, l10n.t('Stopped because the account or API key changed.'));
    } else if (error.kind === 'notFound') {
      this.addError(
        'assistant',
        undefined,
        range,
        l10n.t('The server has no such assistant. It may have been deleted.'),
      );
    } else if (this.ending === undefined && error.kind !== 'rejected' && mayHaveArrived(error)) {
      const message = l10n.t('The test conversation may have been created. Nothing is sent twice. {0}', reason);
      this.addError('lost', undefined, range, message);
    } else {
      const message = l10n.t("Couldn't create the test conversation. {0}", reason);
      this.addError(this.ending?.kind ?? 'server', undefined, range, message);
    }
  }

  private addFailures(failures: readonly Failure[]): void {
    this.failures.push(...failures);
    this.hasFailed ||= failures.some(({ type }) => type !== '');
  }

  private addError(kind: ErrorKind, turn: number | undefined, range: TextRange, message: string): void {
    this.failures.push({ kind, type: '', turn, range, message });
  }

  private findVerdict(outcome: RerunOutcome | undefined): Verdict {
    const hasError = this.failures.some(({ type }) => type === '');
    const isCanceled = outcome?.kind === 'stopped' && !this.noMore.signal.aborted && !hasError;
    if (isCanceled) return 'skipped';
    if (this.hasFailed) return 'failed';
    return hasError ? 'errored' : 'passed';
  }
}
