import type { Memento } from 'vscode';

const stateKey = 'aiployees.recent';
const maxRecent = 20;

interface Opened {
  readonly origin: string;
  readonly id: string;
}

/** The conversations that were opened last, stored for the workspace. */
export class RecentConversations {
  /** The latest first. */
  private opened: readonly Opened[];

  constructor(private readonly memory: Memento) {
    const stored = memory.get<unknown>(stateKey);
    this.opened = Array.isArray(stored) ? stored.filter(isOpened).slice(0, maxRecent) : [];
  }

  add({ origin, id }: Opened): void {
    const [latest] = this.opened;
    if (latest?.id === id && latest.origin === origin) return;
    const others = this.opened.filter((each) => each.id !== id || each.origin !== origin);
    this.opened = [{ origin, id }, ...others].slice(0, maxRecent);
    void this.memory.update(stateKey, this.opened);
  }

  /** IDs of the conversations on a server, the latest first. */
  listIds(origin: string | undefined): readonly string[] {
    return this.opened.flatMap((each) => (each.origin === origin ? [each.id] : []));
  }
}

function isOpened(value: unknown): value is Opened {
  if (typeof value !== 'object' || value === null) return false;
  const { origin, id } = value as Partial<Record<string, unknown>>;
  return typeof origin === 'string' && typeof id === 'string';
}
