import { parseBaseUrl, type BaseUrlProblem } from '../../core/api/connection';
import { Emitter, type Disposable } from '../../core/util/event';
import { stateIds } from '../../manifest';
import { normalizeName, describeAccount, type Account } from './account';
import { firstAccountId, type Memory } from './keyVault';

export type NameProblem = 'empty' | 'taken';

interface Choice {
  readonly accountId: string;
  readonly sample: boolean;
}

/**
 * The accounts of this machine. The first account's URL is a setting. Added accounts and the chosen one are in the global state,
 * which no workspace can change.
 */
export class Accounts implements Disposable {
  private readonly changed = new Emitter<void>();
  /** Fires when an account is added, removed or chosen. */
  readonly onDidChange = this.changed.event;

  /** @param getFirstBaseUrl returns the current `aiployees.baseUrl` */
  constructor(
    private readonly memory: Memory,
    private readonly getFirstBaseUrl: () => string,
  ) {}

  /** The first account, then the added accounts in order. */
  get list(): readonly Account[] {
    return [describeAccount(firstAccountId, this.getFirstBaseUrl()), ...this.readAdded()];
  }

  /** The chosen account, even while sample data is shown; the first account if the chosen one was removed. */
  get current(): Account {
    const id = this.choice?.accountId;
    const [first, ...further] = this.list;
    return further.find((account) => account.id === id) ?? (first as Account);
  }

  /** Undefined until the user chooses an account or the sample data. */
  get sampleChosen(): boolean | undefined {
    return this.choice?.sample;
  }

  find(id: string): Account | undefined {
    return this.list.find((account) => account.id === id);
  }

  findNameProblem(name: string): NameProblem | undefined {
    const clean = normalizeName(name)?.toLowerCase();
    if (clean === undefined) return 'empty';
    return this.list.some((account) => account.name.toLowerCase() === clean) ? 'taken' : undefined;
  }

  findBaseUrlProblem(baseUrl: string): BaseUrlProblem | undefined {
    const parsed = parseBaseUrl(baseUrl);
    return parsed.ok ? undefined : parsed.reason;
  }

  async add(account: Account): Promise<void> {
    await this.storeAdded([...this.readAdded(), account]);
  }

  /** The first account can't be removed, because it's a setting. */
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

  /** Skips invalid entries: an account without a usable URL would only mislead. */
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
