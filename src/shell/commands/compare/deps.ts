import type { ConversationsApi } from '../../../core/api/api';
import type { ConversationTarget, ReadConversation } from '../../targets';
import type { CopyDeps } from '../copy/deps';

export interface CompareDeps extends CopyDeps {
  /** The current account's; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  /** What was selected for compare. */
  readonly choice: {
    readonly target: ConversationTarget | undefined;
    choose(target: ConversationTarget): void;
  };
  /** Shows two conversations side by side. */
  show(left: ReadConversation, right: ReadConversation, origin: string): Promise<void>;
}
