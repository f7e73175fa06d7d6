import type { WritingTarget } from '../../core/running/testConversations';
import type { ComposerState } from '../../protocol/details';
import type { SendOutcome, TestSender } from '../running/sender';
import type { Drafts } from './drafts';

/** What is being written in one panel: kept while its page is hidden, while other conversations are in it, when it is closed, and when the window reloads. */
export class Composer {
  /** Conversations whose message was handed over, and whose user may still be asked. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly sender: Pick<TestSender, 'send' | 'isWritable' | 'isSending'>,
    private readonly drafts: Drafts,
    private readonly changed: () => void,
  ) {}

  /** Undefined for what can't be written to. */
  stateOf(target: WritingTarget): ComposerState | undefined {
    if (!this.sender.isWritable(target)) return undefined;
    const { text, number, problem } = this.drafts.get(target.id);
    const sending = this.busy.has(target.id) || this.sender.isSending(target.id);
    return { draft: text, number, sending, ...(problem === undefined ? {} : { problem }) };
  }

  /** Takes over what the page has by now. */
  write(id: string, text: string): void {
    const { number, problem } = this.drafts.get(id);
    this.drafts.set(id, { text, number, ...(problem === undefined ? {} : { problem }) });
  }

  /** @returns what came of it; undefined where another message is on its way */
  async send(target: WritingTarget, text: string, before: number): Promise<SendOutcome | undefined> {
    const { id } = target;
    if (this.busy.has(id)) return undefined;
    this.drafts.set(id, { text, number: this.drafts.get(id).number });
    this.busy.add(id);
    this.changed();
    try {
      const outcome = await this.sender.send(target, text, before);
      const { number } = this.drafts.get(id);
      const isThere = outcome.kind === 'sent' || (outcome.kind === 'failed' && outcome.arrived);
      this.drafts.set(id, {
        ...(isThere ? { text: '', number: number + 1 } : { text, number }),
        ...(outcome.kind === 'failed' ? { problem: outcome.message } : {}),
      });
      return outcome;
    } finally {
      this.busy.delete(id);
      this.changed();
    }
  }
}
