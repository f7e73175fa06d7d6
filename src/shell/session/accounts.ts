import { parseBaseUrl, type BaseUrlProblem } from '../../core/api/connection';
import { Emitter, type Disposable } from '../../core/util/event';
import { stateIds } from '../../manifest';
import { cleanName, describeAccount, type Account } from './account';
import { firstAccountId, type Memory } from './keyVault';

export type NameProblem = 'empty' | 'taken';

/** Which account was chosen, and whether sample data is shown in its place. */
interface Choice {
  readonly accountId: string;
  readonly sample: boolean;
}

/**
 * The accounts of this machine. The first one's address is a setting; further ones, and which one was chosen, are in
 * the machine's global state, where no workspace can reach them.
 */
export class Accounts implements Disposable {
  private readonly changed = new Emitter<void>();
  /** An account came or went, or another one was chosen. */
  readonly onDidChange = this.changed.event;

  /** @param firstBaseUrl reads `aiployees.baseUrl` as it is now */
  constructor(
    private readonly memory: Memory,
    private readonly firstBaseUrl: () => string,
  ) {}

  /** The first account before the others, in the order in which they were added. */
  get list(): readonly Account[] {
    return [describeAccount(firstAccountId, this.firstBaseUrl()), ...this.readAdded()];
  }

  /** The chosen account, also while sample data is shown; the first one where the chosen one is gone. */
  get current(): Account {
    const id = this.choice?.accountId;
    const [first, ...further] = this.list;
    return further.find((account) => account.id === id) ?? (first as Account);
  }

  /** Whether sample data was chosen; undefined where nobody chose anything yet. */
  get sampleChosen(): boolean | undefined {
    return this.choice?.sample;
  }

  find(id: string): Account | undefined {
    return this.list.find((account) => account.id === id);
  }

  nameProblem(name: string): NameProblem | undefined {
    const clean = cleanName(name)?.toLowerCase();
    if (clean === undefined) return 'empty';
    return this.list.some((account) => account.name.toLowerCase() === clean) ? 'taken' : undefined;
  }

  baseUrlProblem(baseUrl: string): BaseUrlProblem | undefined {
    const parsed = parseBaseUrl(baseUrl);
    return parsed.ok ? undefined : parsed.reason;
  }

  /** Adds an account without choosing it. */
  async add(account: Account): Promise<void> {
    await this.storeAdded([...this.readAdded(), account]);
  }

  /** The first account can't be removed: it is a setting. */
  async remove(id: string): Promise<void> {
    await this.storeAdded(this.readAdded().filter((account) => account.id !== id));
  }

  async choose(accountId: string, sample = false): Promise<void> {
    await this.memory.update(stateIds.choice, { accountId, sample } satisfies Choice);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async storeAdded(accounts: readonly Account[]): Promise<void> {
    const stored = accounts.map(({ id, name, baseUrl }) => ({ id, name, baseUrl }));
    await this.memory.update(stateIds.accounts, stored);
    this.changed.fire();
  }

  /** An entry that is not of our making is left out: an account without a usable address could only mislead. */
  private readAdded(): Account[] {
    const stored = this.memory.get(stateIds.accounts);
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((entry: unknown) => {
      const { id, name, baseUrl } = (entry ?? {}) as Record<string, unknown>;
      if (typeof id !== 'string' || typeof name !== 'string' || typeof baseUrl !== 'string') return [];
      const account = describeAccount(id, baseUrl, name);
      return id === firstAccountId || !account.address.ok ? [] : [account];
    });
  }

  private get choice(): Choice | undefined {
    const { accountId, sample } = (this.memory.get(stateIds.choice) ?? {}) as Record<string, unknown>;
    return typeof accountId === 'string' ? { accountId, sample: sample === true } : undefined;
  }
}
