import type { ConversationsApi, WriteOptions } from '../../../src/core/api/api';
import { ApiError, type ApiErrorInit } from '../../../src/core/api/errors';
import { unknownConversation, type Conversation } from '../../../src/core/model/conversation';
import type { JsonObject } from '../../../src/core/model/json';
import type { Transcript, Turn } from '../../../src/core/model/transcript';

export const origin = 'https://call.example';

export const turn = (role: string, content: string): Turn => ({ role, content, functionCalls: [] });

export function transcript(turns: readonly Turn[], variables?: JsonObject): Transcript {
  const unused = { externalIdentifier: undefined, whatsappSender: undefined, customer: undefined, raw: null };
  return { turns, rejected: 0, variables, ...unused };
}

export function row(change: Partial<Conversation> = {}): Conversation {
  return {
    ...unknownConversation,
    id: 'old',
    assistantId: 'uuid',
    assistantName: 'Clinic Desk',
    type: 'test',
    messageCount: 2,
    totalCost: 0,
    aiEnabled: true,
    createdAt: '2026-11-20 08:14:03',
    updatedAt: '2026-11-20 08:16:40',
    ...change,
  };
}

export const failure = (init: Partial<ApiErrorInit> = {}): ApiError =>
  new ApiError({ kind: 'timeout', origin, ...init });

/** Script for the server's handling of one message. */
export interface MessageScript {
  /** Whether it is in the transcript afterwards; default true. */
  readonly isStored?: boolean;
  /** Null means no reply; the default is some reply. */
  readonly answer?: string | null;
  /** Thrown instead of returning the reply. */
  readonly error?: ApiError;
}

/** A server with one conversation that handles messages by script and records its requests. */
export class ScriptedServer {
  readonly requests: string[] = [];
  readonly history: Turn[] = [];
  createError: ApiError | undefined;
  readError: ApiError | undefined;
  onSend: (() => void) | undefined;
  /** Awaited before each write; rejects like the client if the write is canceled. */
  turn: ((untilSent: AbortSignal | undefined) => Promise<void>) | undefined;
  private readonly scripts: MessageScript[];

  constructor(...scripts: readonly MessageScript[]) {
    this.scripts = [...scripts];
  }

  readonly api = {
    origin,
    baseUrl: `${origin}/api`,
    createTestConversation: async (conversation: object, { untilSent }: WriteOptions) => {
      await this.turn?.(untilSent);
      this.requests.push(`create ${JSON.stringify(conversation)}`);
      await Promise.resolve();
      if (this.createError !== undefined) throw this.createError;
      return { id: 'new', turns: [] };
    },
    sendMessage: async (id: string, message: string, { untilSent, onSend }: WriteOptions) => {
      await this.turn?.(untilSent);
      onSend?.();
      this.requests.push(`send ${id} ${message}`);
      this.onSend?.();
      await Promise.resolve();
      const { isStored = true, answer = `Re: ${message}`, error } = this.scripts.shift() ?? {};
      if (isStored) this.history.push(turn('user', message));
      if (isStored && answer !== null) this.history.push(turn('assistant', answer));
      if (error !== undefined) throw error;
      return answer === null ? undefined : turn('assistant', answer);
    },
    getTranscript: async (id: string) => {
      this.requests.push(`read ${id}`);
      await Promise.resolve();
      if (this.readError !== undefined) throw this.readError;
      return transcript([...this.history]);
    },
  } as unknown as ConversationsApi;
}
