import type { ConversationsApi, WriteOptions } from '../../../src/core/api/api';
import { ApiError, type ApiErrorInit } from '../../../src/core/api/errors';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonObject } from '../../../src/core/model/json';
import type { Transcript, Turn } from '../../../src/core/model/transcript';

export const origin = 'https://call.example';

export const turn = (role: string, content: string): Turn => ({ role, content, functionCalls: [] });

export function transcript(turns: readonly Turn[], variables?: JsonObject): Transcript {
  const nothing = { externalIdentifier: undefined, whatsappSender: undefined, customer: undefined, raw: null };
  return { turns, rejected: 0, variables, ...nothing };
}

export function row(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'old',
    assistantId: 'uuid',
    assistantName: 'Clinic Desk',
    type: 'test',
    messageCount: 2,
    totalCost: 0,
    aiEnabled: true,
    createdAt: '2026-11-20 08:14:03',
    updatedAt: '2026-11-20 08:16:40',
    variables: undefined,
    externalIdentifier: undefined,
    whatsappSender: undefined,
    customer: undefined,
    extra: undefined,
    ...change,
  };
}

export const failure = (init: Partial<ApiErrorInit> = {}): ApiError =>
  new ApiError({ kind: 'timeout', origin, ...init });

/** What a server does with one message. */
export interface Happening {
  /** Whether it is in the history afterwards; it is, where not given. */
  readonly kept?: boolean;
  /** Null is no answer; some answer where not given. */
  readonly answer?: string | null;
  /** What the client hears instead of the answer. */
  readonly error?: ApiError;
}

/** A server with one conversation: what happens to messages, in their order, and what it was asked. */
export class ScriptedServer {
  readonly asked: string[] = [];
  readonly history: Turn[] = [];
  createError: ApiError | undefined;
  readError: ApiError | undefined;
  onSend: (() => void) | undefined;
  /** What is waited for before something is written; rejects as the client does where it is taken back. */
  turn: ((untilSent: AbortSignal | undefined) => Promise<void>) | undefined;
  private readonly happenings: Happening[];

  constructor(...happenings: readonly Happening[]) {
    this.happenings = [...happenings];
  }

  readonly api = {
    origin,
    baseUrl: `${origin}/api`,
    createTestConversation: async (conversation: object, { untilSent }: WriteOptions) => {
      await this.turn?.(untilSent);
      this.asked.push(`create ${JSON.stringify(conversation)}`);
      await Promise.resolve();
      if (this.createError !== undefined) throw this.createError;
      return { id: 'new', turns: [] };
    },
    sendMessage: async (id: string, message: string, { untilSent }: WriteOptions) => {
      await this.turn?.(untilSent);
      this.asked.push(`send ${id} ${message}`);
      this.onSend?.();
      await Promise.resolve();
      const { kept = true, answer = `Re: ${message}`, error } = this.happenings.shift() ?? {};
      if (kept) this.history.push(turn('user', message));
      if (kept && answer !== null) this.history.push(turn('assistant', answer));
      if (error !== undefined) throw error;
      return answer === null ? undefined : turn('assistant', answer);
    },
    getTranscript: async (id: string) => {
      this.asked.push(`read ${id}`);
      await Promise.resolve();
      if (this.readError !== undefined) throw this.readError;
      return transcript([...this.history]);
    },
  } as unknown as ConversationsApi;
}
