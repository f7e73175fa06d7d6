import type { Memento } from 'vscode';

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
