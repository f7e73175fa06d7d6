import type { Memento } from 'vscode';
import type { WritingTarget } from '../../core/running/testConversations';
import type { ComposerState } from '../../protocol/details';
import type { SendOutcome, TestSender } from '../running/sender';

export interface Draft {
  readonly text: string;
  /** Counts how often the text was taken out of the page's hands. */
  readonly number: number;
  readonly problem?: string;
}

const key = 'aiployees.drafts';
/** Old drafts aren't worth the space. */
const maxStored = 50;

/** Messages that are being written, by conversation. All panels share them, so that none is lost with one; their text survives a reload of the window. */
export class Drafts {
  private readonly drafts = new Map<string, Draft>();

  constructor(private readonly memory: Memento) {
    for (const [id, text] of storedIn(memory)) this.drafts.set(id, { text, number: 0 });
  }

  get(id: string): Draft {
    return this.drafts.get(id) ?? { text: '', number: 0 };
  }

  set(id: string, draft: Draft): void {
    // The newest stands last.
    this.drafts.delete(id);
    this.drafts.set(id, draft);
    const texts = [...this.drafts].flatMap(([each, { text }]) => (text === '' ? [] : [[each, text] as const]));
    void this.memory.update(key, texts.length === 0 ? undefined : texts.slice(-maxStored));
  }
}

function storedIn(memory: Memento): readonly (readonly [string, string])[] {
  const stored = memory.get<unknown>(key);
  if (!Array.isArray(stored)) return [];
  return stored.filter(
    (each): each is [string, string] =>
      Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'string',
  );
}

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
      const isThere = outcome.kind === 'sent' || (outcome.kind === 'failed' && outcome.isDelivered);
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
