import type { ConversationsApi } from '../../core/api/api';
import { Emitter } from '../../core/util/event';
import type { TestConversations, WritingTarget } from '../../core/running/testConversations';
import { askToWrite, sendOnce } from './sending';

export type SendOutcome =
  | { readonly kind: 'sent' }
  /** The user was asked, and would not. */
  | { readonly kind: 'declined' }
  /** `arrived` where the history has the message all the same: it must not be sent again. */
  | { readonly kind: 'failed'; readonly message: string; readonly arrived: boolean };

/** Sends what a person wrote, after having asked once in this window for each server. */
export class TestSender {
  /** Addresses of APIs. */
  private readonly agreed = new Set<string>();
  private readonly sent = new Emitter<string>();
  /** Fires with the id of a conversation that has another message. */
  readonly onDidSend = this.sent.event;

  constructor(
    readonly tests: TestConversations,
    /** The current account's. */
    readonly api: () => ConversationsApi | undefined,
  ) {}

  isWritable(target: WritingTarget): boolean {
    const api = this.api();
    return api !== undefined && this.tests.isWritable(api, target);
  }

  isSending(id: string): boolean {
    const api = this.api();
    return api !== undefined && this.tests.isSending(api, id);
  }
  /** Whether the user agrees to write to this server: asked until it was agreed to, then never again in this window. */
  async isAgreed(api: ConversationsApi): Promise<boolean> {
    if (this.agreed.has(api.baseUrl)) return true;
    if (!(await askToWrite(api))) return false;
    this.agreed.add(api.baseUrl);
    return true;
  }

  /**
   * Sends once. After a failure the history is read, and the user told whether the message is there.
   * @param before how many messages of the user's the conversation has
   */
  async send(target: WritingTarget, message: string, before: number): Promise<SendOutcome> {
    const outcome = await sendOnce(this, this.api(), { target, message, before });
    if (outcome.kind === 'sent' || (outcome.kind === 'failed' && outcome.arrived)) this.sent.fire(target.id);
    return outcome;
  }
}
