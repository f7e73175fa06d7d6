import type { ConversationsApi, CreatedConversation, Priority, WriteOptions } from '../api/api';
import { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { JsonObject } from '../model/json';
import type { Transcript, Turn } from '../model/transcript';
import { type MessageProblem, findMessageProblem } from '../text/message';
import { type Clock, systemClock } from '../util/abort';
import { findVariables } from '../view/details';
import { type KnownArrival, type SentMessage, checkArrival } from './arrival';
import type { TestConversations } from './testConversations';

export interface RerunPlan {
  readonly assistantUuid: string;
  readonly variables: JsonObject | undefined;
  /** The user's messages, in order. */
  readonly messages: readonly string[];
  /** User messages that the platform would reject. */
  readonly leftOut: Readonly<Record<MessageProblem, number>>;
}

export type RerunProblem = 'noAssistant' | 'noUserMessages';

/** Returns the problem if the conversation can't be rerun. Only the row has the assistant. */
export function planRerun(row: Conversation | undefined, transcript: Transcript): RerunPlan | RerunProblem {
  if (row === undefined || row.assistantId === '') return 'noAssistant';
  const messages: string[] = [];
  const leftOut = { blank: 0, tooLong: 0 };
  for (const { role, content } of transcript.turns) {
    if (role !== 'user') continue;
    const problem = findMessageProblem(content);
    if (problem === undefined) messages.push(content);
    else leftOut[problem] += 1;
  }
  if (messages.length === 0) return 'noUserMessages';
  return { assistantUuid: row.assistantId, variables: findVariables(row, transcript), messages, leftOut };
}

/** Messages count from 1. */
export type RerunStep =
  | { readonly kind: 'creating' }
  | { readonly kind: 'sending' | 'checking'; readonly number: number; readonly of: number };

/** A message without a response, and its state in the transcript. */
export interface Interruption {
  readonly number: number;
  readonly of: number;
  readonly error: ApiError;
  readonly arrival: KnownArrival;
}

/**
 * The user's choice after an interruption:
 * - `resend`: send the message again; applies only if the transcript is not known to have it
 * - `continue`: send the next message
 * - `check`: load the transcript again
 */
export type Decision = 'resend' | 'continue' | 'check' | 'stop';

/** Shows the progress and asks the user. */
export interface RerunDirector {
  readonly step: (step: RerunStep) => void;
  readonly decide: (interruption: Interruption) => Promise<Decision>;
  /** Aborted to send no more messages; responses to sent ones are awaited. */
  readonly stop: AbortSignal;
  /** Awaited before the first message. */
  readonly onCreated?: (conversation: CreatedConversation) => void | Promise<void>;
  /**
   * Called once for each delivered message, and awaited before the next one; `reply` is undefined if there is none.
   * `ms` is from sending to the reply without waits for the rate limit, or until the transcript had the reply.
   */
  readonly onAnswered?: (number: number, reply: Turn | undefined, ms: number) => void | Promise<void>;
}

export interface RerunOutcome {
  /** `failed` if the conversation couldn't be created or the account has changed. */
  readonly kind: 'done' | 'stopped' | 'failed';
  /** Undefined if no conversation was created or its ID is unknown. */
  readonly id: string | undefined;
  /** Messages that are in the new conversation. */
  readonly arrived: number;
  /** Delivered messages without a reply. */
  readonly unanswered: number;
  readonly error?: ApiError;
}

export interface RerunContext {
  readonly api: ConversationsApi;
  readonly tests: TestConversations;
  /** Defaults to `visible`. */
  readonly priority?: Priority;
  readonly clock?: Clock;
}

interface Sent extends SentMessage {
  readonly number: number;
  readonly of: number;
}

/** A message's state after sending failed. */
interface Lost extends Sent {
  readonly error: ApiError;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

/**
 * Runs a plan as a new test conversation, one message at a time. Repeats a request only if the user chooses to.
 * @throws WritingRefused if another message to the conversation is being sent
 */
export function rerun(plan: RerunPlan, context: RerunContext, director: RerunDirector): Promise<RerunOutcome> {
  return new Rerun(context, director).run(plan);
}

class Rerun {
  private id: string | undefined;
  private arrived = 0;
  private unanswered = 0;
  private readonly options: WriteOptions;
  private readonly clock: Clock;

  constructor(
    private readonly context: RerunContext,
    private readonly director: RerunDirector,
  ) {
    const { priority, clock = systemClock } = context;
    this.clock = clock;
    this.options = {
      signal: new AbortController().signal,
      untilSent: director.stop,
      ...(priority === undefined ? {} : { priority }),
    };
  }

  async run(plan: RerunPlan): Promise<RerunOutcome> {
    const { api, tests } = this.context;
    try {
      this.director.step({ kind: 'creating' });
      const created = await tests.create(api, plan, this.options);
      this.id = created.id;
      await this.director.onCreated?.(created);
      return this.createOutcome(await this.sendAll(created.id, plan.messages));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.isStoppedBeforeSending(error)
        ? this.createOutcome('stopped')
        : { ...this.createOutcome('failed'), error };
    }
  }

  private async sendAll(id: string, messages: readonly string[]): Promise<'done' | 'stopped'> {
    const of = messages.length;
    for (const [index, message] of messages.entries()) {
      let next: 'continue' | 'resend' | 'stop';
      do {
        if (this.director.stop.aborted) return 'stopped';
        next = await this.send({ id, message, before: this.arrived, number: index + 1, of });
      } while (next === 'resend');
      if (next === 'stop') return 'stopped';
    }
    return 'done';
  }

  private async send(sent: Sent): Promise<'continue' | 'resend' | 'stop'> {
    const { id, message, number, of } = sent;
    const { api, tests } = this.context;
    this.director.step({ kind: 'sending', number, of });
    let sentAt = this.clock.now();
    const options = { ...this.options, onSend: () => (sentAt = this.clock.now()) };
    let reply: Turn | undefined;
    try {
      reply = await tests.send(api, { id, conversation: undefined }, message, options);
    } catch (error) {
      // After a change of account, the old one can't be queried.
      if (!(error instanceof ApiError) || error.kind === 'cancelled') throw error;
      return this.handleInterruption({ ...sent, error, sentAt });
    }
    await this.handleReply(number, reply, sentAt);
    return 'continue';
  }

  private async handleInterruption(lost: Lost): Promise<'continue' | 'resend' | 'stop'> {
    const { number, of, error, sentAt } = lost;
    const { api, priority } = this.context;
    for (;;) {
      this.director.step({ kind: 'checking', number, of });
      const { arrival, reply } = await checkArrival(api, lost, error, priority);
      const decision = await this.director.decide({ number, of, error, arrival });
      const isThere = arrival === 'answered' || arrival === 'unanswered';
      // A choice that would send a message twice or skip one checks the transcript again instead.
      const next =
        (decision === 'resend' && arrival !== 'missing' && arrival !== 'notTaken') ||
        (decision === 'continue' && !isThere)
          ? 'check'
          : decision;
      if (next === 'check') continue;
      if (isThere) await this.handleReply(number, reply, sentAt);
      return next;
    }
  }

  private isStoppedBeforeSending({ kind, unsent }: ApiError): boolean {
    return kind === 'cancelled' && unsent && this.director.stop.aborted;
  }

  private async handleReply(number: number, reply: Turn | undefined, sentAt: number): Promise<void> {
    this.arrived += 1;
    if (reply === undefined) this.unanswered += 1;
    await this.director.onAnswered?.(number, reply, this.clock.now() - sentAt);
  }

  private createOutcome(kind: RerunOutcome['kind']): RerunOutcome {
    return { kind, id: this.id, arrived: this.arrived, unanswered: this.unanswered };
  }
}
