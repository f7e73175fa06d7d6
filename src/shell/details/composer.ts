import type { WritingTarget } from '../../core/running/testConversations';
import type { ComposerState } from '../../protocol/details';
import type { TestSender } from '../running/sender';

interface Draft {
  readonly text: string;
  /** Counts how often the text was taken out of the page's hands. */
  readonly number: number;
  readonly problem?: string;
}

const empty: Draft = { text: '', number: 0 };

/** What is being written in one panel: kept while its page is hidden, and while other conversations are in it. */
export class Composer {
  private readonly drafts = new Map<string, Draft>();
  /** Conversations whose message was handed over, and whose user may still be asked. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly sender: Pick<TestSender, 'send' | 'isWritable' | 'isSending'>,
    private readonly changed: () => void,
  ) {}

  /** Undefined for what can't be written to. */
  stateOf(target: WritingTarget): ComposerState | undefined {
    if (!this.sender.isWritable(target)) return undefined;
    const { text, number, problem } = this.draftOf(target.id);
    const sending = this.busy.has(target.id) || this.sender.isSending(target.id);
    return { draft: text, number, sending, ...(problem === undefined ? {} : { problem }) };
  }

  /** Takes over what the page has by now. */
  write(id: string, text: string): void {
    const { number, problem } = this.draftOf(id);
    this.drafts.set(id, { text, number, ...(problem === undefined ? {} : { problem }) });
  }

  /** @returns whether there may be something new to read */
  async send(target: WritingTarget, text: string, before: number): Promise<boolean> {
    const { id } = target;
    if (this.busy.has(id)) return false;
    this.drafts.set(id, { text, number: this.draftOf(id).number });
    this.busy.add(id);
    this.changed();
    try {
      const outcome = await this.sender.send(target, text, before);
      const { number } = this.draftOf(id);
      const isThere = outcome.kind === 'sent' || (outcome.kind === 'failed' && outcome.arrived);
      this.drafts.set(id, {
        ...(isThere ? { text: '', number: number + 1 } : { text, number }),
        ...(outcome.kind === 'failed' ? { problem: outcome.message } : {}),
      });
      return outcome.kind !== 'declined';
    } finally {
      this.busy.delete(id);
      this.changed();
    }
  }

  private draftOf(id: string): Draft {
    return this.drafts.get(id) ?? empty;
  }
}
