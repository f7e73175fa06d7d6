import type { ConversationsApi, CreatedConversation, NewConversation, WriteOptions } from '../api/api';
import type { Conversation } from '../model/conversation';
import type { Turn } from '../model/transcript';
import { findMessageProblem, type MessageProblem } from '../text/message';
import { type Disposable, Emitter } from '../util/event';

/** A conversation to write to; its row is undefined if it isn't loaded. */
export interface WritingTarget {
  readonly id: string;
  readonly conversation: Conversation | undefined;
}

/**
 * Why nothing was sent:
 * - `notATest`: it isn't known to be a test conversation
 * - `busy`: another message to it is being sent
 */
export type Refusal = MessageProblem | 'notATest' | 'busy';

export class WritingRefused extends Error {
  override readonly name = 'WritingRefused';

  constructor(readonly refusal: Refusal) {
    super(refusal);
  }
}

/** Sends all writes to the server, and only to test conversations. */
export class TestConversations implements Disposable {
  private readonly changed = new Emitter<void>();
  /** A conversation was created, or sending a message started or ended. */
  readonly onDidChange = this.changed.event;

  /** Conversations created here whose rows aren't loaded yet: base URL and ID. */
  private readonly created = new Set<string>();
  private readonly sending = new Set<string>();

  /** @throws ApiError */
  async create(
    api: ConversationsApi,
    conversation: NewConversation,
    options: WriteOptions,
  ): Promise<CreatedConversation> {
    const made = await api.createTestConversation(conversation, options);
    this.created.add(createKey(api, made.id));
    this.changed.fire();
    return made;
  }

  isWritable(api: ConversationsApi, { id, conversation }: WritingTarget): boolean {
    if (this.created.has(createKey(api, id))) return true;
    return conversation !== undefined && conversation.id === id && conversation.type === 'test';
  }

  isSending(api: ConversationsApi, id: string): boolean {
    return this.sending.has(createKey(api, id));
  }

  /**
   * Sends a message once and returns the reply; undefined if the assistant gave none.
   * @throws WritingRefused before anything is sent; ApiError
   */
  async send(
    api: ConversationsApi,
    target: WritingTarget,
    message: string,
    options: WriteOptions,
  ): Promise<Turn | undefined> {
    const name = createKey(api, target.id);
    const refusal = this.isWritable(api, target)
      ? (findMessageProblem(message) ?? this.findBusyRefusal(name))
      : 'notATest';
    if (refusal !== undefined) throw new WritingRefused(refusal);
    this.sending.add(name);
    this.changed.fire();
    try {
      return await api.sendMessage(target.id, message, options);
    } finally {
      this.sending.delete(name);
      this.changed.fire();
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private findBusyRefusal(name: string): Refusal | undefined {
    return this.sending.has(name) ? 'busy' : undefined;
  }
}

function createKey({ baseUrl }: ConversationsApi, id: string): string {
  return `${baseUrl} ${id}`;
}
