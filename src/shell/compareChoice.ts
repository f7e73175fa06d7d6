import type { ConversationsApi } from '../core/api/api';
import type { Conversation } from '../core/model/conversation';
import type { Disposable } from '../core/util/event';
import { setContext } from './contextKeys';
import type { Session } from './session/session';
import { apiOf, isSettled } from './session/state';
import type { ConversationTarget } from './targets';

/** The conversation selected for compare. Cleared when the key or account changes. */
export class CompareChoice implements Disposable {
  private choice: { readonly target: ConversationTarget; readonly api: ConversationsApi | undefined } | undefined;
  private readonly listening: Disposable;

  /** @param find returns the current row if it's loaded */
  constructor(
    private readonly session: Session,
    private readonly find: (id: string) => Conversation | undefined,
  ) {
    this.listening = session.onDidChange((state) => {
      if (isSettled(state) && this.choice?.api !== apiOf(state)) this.set(undefined);
    });
    this.set(undefined);
  }

  get target(): ConversationTarget | undefined {
    const target = this.choice?.target;
    return target && { ...target, conversation: this.find(target.id) ?? target.conversation };
  }

  choose(target: ConversationTarget): void {
    this.set({ target, api: apiOf(this.session.state) });
  }

  dispose(): void {
    this.listening.dispose();
  }

  private set(choice: CompareChoice['choice']): void {
    this.choice = choice;
    setContext({ selectedForCompare: choice !== undefined });
  }
}
