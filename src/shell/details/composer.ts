import type { Memento } from 'vscode';
import type { WritingTarget } from '../../core/running/testConversations';
import type { ComposerState, PendingMessage } from '../../protocol/details';
import type { SendOutcome, TestSender } from '../running/sender';

export interface Draft {
  readonly text: string;
  /** Counts the messages that were sent: then the page replaces its text. */
  readonly number: number;
  readonly problem?: string;
}

const key = 'aiployees.drafts';
const maxStoredDrafts = 50;

/** Unsent messages by conversation. All panels share them, and they survive a reload of the window. */
export class Drafts {
  private readonly drafts = new Map<string, Draft>();

  constructor(private readonly memory: Memento) {
    for (const [id, text] of readStored(memory)) this.drafts.set(id, { text, number: 0 });
  }

  get(id: string): Draft {
    return this.drafts.get(id) ?? { text: '', number: 0 };
  }

  set(id: string, draft: Draft): void {
    // The newest is last.
    this.drafts.delete(id);
    this.drafts.set(id, draft);
    const texts = [...this.drafts].flatMap(([each, { text }]) => (text === '' ? [] : [[each, text] as const]));
    void this.memory.update(key, texts.length === 0 ? undefined : texts.slice(-maxStoredDrafts));
  }
}

function readStored(memory: Memento): readonly (readonly [string, string])[] {
  const stored = memory.get<unknown>(key);
  if (!Array.isArray(stored)) return [];
  return stored.filter(
    (each): each is [string, string] =>
      Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'string',
  );
}

interface Pending {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly stop: AbortController;
}

/** The message box of one panel. */
export class Composer {
  /** Messages that are being sent, or wait for the user's consent, by conversation. */
  private readonly pending = new Map<string, Pending>();

  constructor(
    private readonly sender: Pick<TestSender, 'send' | 'isWritable' | 'isSending'>,
    private readonly drafts: Drafts,
    private readonly onChange: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Returns undefined if the conversation can't receive messages. */
  getState(target: WritingTarget): ComposerState | undefined {
    if (!this.sender.isWritable(target)) return undefined;
    const { text, number, problem } = this.drafts.get(target.id);
    const pending = this.pending.get(target.id);
    const sending = pending !== undefined || this.sender.isSending(target.id);
    return {
      ...{ draft: text, number, sending },
      ...(problem === undefined ? {} : { problem }),
      ...(pending && { pending: this.toView(pending) }),
    };
  }

  setDraft(id: string, text: string): void {
    const { number, problem } = this.drafts.get(id);
    this.drafts.set(id, { text, number, ...(problem === undefined ? {} : { problem }) });
  }

  /** Stops waiting for the reply. `send` then ends with the state of the message in the transcript. */
  stopWaiting(id: string): void {
    this.pending.get(id)?.stop.abort();
    this.onChange();
  }

  private toView({ text, sentAt, stop }: Pending): PendingMessage {
    return { text, waitedMs: Math.max(0, this.now() - sentAt), canStop: !stop.signal.aborted };
  }

  /** @returns undefined if another message is being sent */
  async send(target: WritingTarget, text: string, before: number): Promise<SendOutcome | undefined> {
    const { id } = target;
    if (this.pending.has(id)) return undefined;
    const stop = new AbortController();
    this.drafts.set(id, { text, number: this.drafts.get(id).number });
    this.pending.set(id, { text, sentAt: this.now(), stop });
    this.onChange();
    try {
      const outcome = await this.sender.send(target, text, before, stop.signal);
      const { number } = this.drafts.get(id);
      const isDelivered = outcome.kind === 'sent' || (outcome.kind === 'failed' && outcome.isDelivered);
      this.drafts.set(id, {
        ...(isDelivered ? { text: '', number: number + 1 } : { text, number }),
        ...(outcome.kind === 'failed' ? { problem: outcome.message } : {}),
      });
      return outcome;
    } finally {
      this.pending.delete(id);
      this.onChange();
    }
  }
}
