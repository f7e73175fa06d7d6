import type { ConversationsApi } from '../../../core/api/api';
import type { ReadConversation } from '../../targets';
import type { CopyDeps, CopyTarget } from '../copy/deps';

export interface CompareDeps extends CopyDeps {
  /** The current account's; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  /** What was selected for compare. */
  readonly choice: {
    readonly target: CopyTarget | undefined;
    choose(target: CopyTarget): void;
  };
  /** Shows two conversations side by side. */
  show(left: ReadConversation, right: ReadConversation, origin: string): Promise<void>;
}
