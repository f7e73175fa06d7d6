import type { ConversationsApi } from '../../../core/api/api';
import type { Conversation } from '../../../core/model/conversation';
import type { TestSender } from '../../running/sender';
import type { CopyDeps } from '../copy/deps';
import type { ConversationTarget, ReadConversation } from '../../targets';

export interface RunningDeps extends CopyDeps {
  /** The current account's; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  readonly sender: TestSender;
  /** The row, where it is loaded. */
  find(id: string): Conversation | undefined;
  /** Looks for what is new in the lists that hold test conversations, where they were opened. */
  refreshTests(): Promise<void>;
  rows(): readonly Conversation[];
  /** Opens a conversation's panel. @param compose whether to write there */
  open(id: string, compose: boolean): void;
  /** Selects a conversation's row, which is loaded for it. */
  reveal(id: string): Promise<unknown>;
  /** Reads a conversation again where its panel is open. */
  readAgain(id: string): Promise<void>;
  /** What is shown side by side. */
  readonly comparisons: () => Promise<{
    show(left: ReadConversation, right: ReadConversation, origin: string): Promise<void>;
    /** The left one of a comparison, by an address of either side, or of the one that has the focus. */
    original(address: unknown): (ConversationTarget & { readonly origin: string }) | undefined;
  }>;
}
