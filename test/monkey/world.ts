import { unknownConversation } from '../../src/core/model/conversation';
import { findTitle, toRowLabel } from '../../src/core/text/title';
import type { SampleConversation, SampleTurn } from '../../src/sample/wire';
import { sampleAssistants } from '../../src/sample/assistants';
import { startSampleServer, type Fault, type Gate, type SampleServer } from '../support/sampleServer';
import { Chance, choose } from './chance';

const minute = 60_000;
const types = ['test', 'test', 'test', 'test', 'widget', 'whatsapp', 'api'] as const;
const vocabulary = ['parcel', 'invoice', 'slot', 'router', 'refund', 'password'] as const;

/** Most plans have a few pages, some thousands of rows, and some almost none. */
const sizes = [0, 4, 31, 68, 68, 150, 150, 400, 400, 1500, 1500, 4000] as const;

/**
 * The conversations of an account's server in all their versions: the extension may show a row as it was when it was
 * loaded.
 */
export class Account {
  /** Every version of each conversation, the current one last. */
  private readonly versions = new Map<string, SampleConversation[]>();
  private readonly idByLabel = new Map<string, string>();
  private readonly current = new Map<string, SampleConversation>();
  private readonly counts = new Map<string, number>();
  /** By type, every number of conversations since the start of the plan. */
  private readonly heldCounts = new Map<string, Set<number>>();
  private added = 0;
  deleted = 0;

  private constructor(
    /** Starts the label of each row, so that no two accounts share one. */
    readonly letter: string,
    readonly server: SampleServer,
  ) {
    this.observe();
  }

  static async start(letter: string, chance: Chance, clock: () => number): Promise<Account> {
    const seed = chance.whole(1, 1_000_000);
    const server = await startSampleServer({
      count: 0,
      fixtures: false,
      seed,
      clock,
      style: chance.next() < 0.8 ? 'page' : 'cursor',
    });
    const account = new Account(letter, server);
    const size = chance.pick(sizes);
    const days = chance.pick([1, 7, 40, 400]);
    const assistants = chance.pick([1, 3, 20, 150]);
    const ages = Array.from({ length: size }, () => chance.next() * days * 24 * 60 * minute).sort((a, b) => b - a);
    for (const age of ages)
      account.add(chance, { createdAt: clock() - age - minute, assistant: chance.whole(1, assistants) });
    account.heldCounts.clear();
    for (const [type, count] of account.counts) account.heldCounts.set(type, new Set([count]));
    return account;
  }

  get size(): number {
    return this.current.size;
  }

  /** Returns every version of the conversation, the latest one last; empty for an unknown ID. */
  versionsOf(id: string): readonly SampleConversation[] {
    return this.versions.get(id) ?? [];
  }

  /**
   * Returns the ID for a row's label: a customer name, isolated if it is written from right to left, or the start of an
   * ID.
   */
  idOf(label: string): string | undefined {
    return this.idByLabel.get(label.replaceAll(/[\u2066-\u2069]/g, ''));
  }

  /** The label of its row before it's opened; undefined for an unknown ID. */
  findLabel(id: string): string | undefined {
    const [first] = this.versionsOf(id);
    return first && (first.customer?.name ?? id.slice(0, 8));
  }

  has(id: string): boolean {
    return this.current.has(id);
  }

  /**
   * Whether a list may show this number for the type: it learns of added and deleted conversations only when it is
   * loaded again.
   */
  mayCount(type: string, count: number): boolean {
    const held = this.heldCounts.get(type) ?? new Set([0]);
    return held.has(count) || (count > Math.min(...held) && count <= Math.max(...held) + this.deleted);
  }

  add(
    chance: Chance,
    { createdAt, assistant }: { readonly createdAt?: number; readonly assistant?: number } = {},
  ): void {
    this.added += 1;
    const name = `${this.letter}${this.added} ${chance.pick(['Ada', 'Béla', 'Çiğdem', 'Đorđe', '小林', 'דנה'])}`;
    const known = sampleAssistants[(assistant ?? 1) - 1];
    const number = String(assistant ?? 1);
    this.server.addConversation({
      customer: { name, phone: `+49 30 ${this.added}` },
      type: chance.pick(types),
      history: turns(chance),
      totalCost: chance.next() < 0.3 ? 0 : chance.whole(1, 90_000) / 1_000_000,
      aiEnabled: chance.next() < 0.9,
      ...(createdAt !== undefined && { createdAt: Math.round(createdAt) }),
      ...(known === undefined
        ? { assistantUuid: `00000000-0000-4000-8000-${number.padStart(12, '0')}`, assistantName: `Assistant ${number}` }
        : { assistantUuid: known.uuid, assistantName: known.name }),
    });
  }

  /** Adds turns to a conversation, or changes it otherwise. */
  change(chance: Chance): void {
    const id = this.any(chance);
    const before = id === undefined ? undefined : this.current.get(id);
    if (id === undefined || before === undefined) return;
    this.server.updateConversation(id, {
      history: [...before.history, ...turns(chance)],
      totalCost: Number(before.totalCost) + 0.001,
      aiEnabled: chance.next() < 0.9,
    });
  }

  remove(chance: Chance): void {
    const id = this.any(chance);
    if (id === undefined) return;
    const { type } = this.server.backend.state.remove(id);
    this.current.delete(id);
    this.deleted += 1;
    this.count(type, -1);
  }

  private any(chance: Chance): string | undefined {
    // Recent ones are used the most.
    return choose([...this.current.keys()].slice(-60), chance.next());
  }

  /** Records every conversation that is created or changed, also by the extension. */
  private observe(): void {
    const { state } = this.server.backend;
    const { add, update } = state;
    state.add = (...given) => this.note(add.apply(state, given));
    state.update = (...given) => this.note(update.apply(state, given));
  }

  private note(conversation: SampleConversation): SampleConversation {
    const { id, type, customer, history } = conversation;
    const before = this.versions.get(id);
    if (before === undefined) {
      this.idByLabel.set(customer?.name ?? id.slice(0, 8), id);
      this.count(type, 1);
    }
    // A row without a customer shows the first message of a transcript that was loaded.
    const opening = history.find(({ role }) => role === 'user')?.content;
    if (customer?.name === undefined && typeof opening === 'string') {
      this.idByLabel.set(toRowLabel(findTitle({ ...unknownConversation, id }, opening)), id);
    }
    this.versions.set(id, [...(before ?? []), conversation]);
    this.current.set(id, conversation);
    return conversation;
  }

  private count(type: string, change: 1 | -1): void {
    const count = (this.counts.get(type) ?? 0) + change;
    this.counts.set(type, count);
    const held = this.heldCounts.get(type) ?? new Set([0]);
    this.heldCounts.set(type, held.add(count));
  }
}

/** The monkey's servers: two accounts on servers that change, slow down, and fail as planned. */
export class World {
  private readonly gates: Gate[] = [];
  private failing = false;

  private constructor(
    readonly accounts: readonly [Account, Account],
    private readonly time: { offset: number },
  ) {}

  static async start(seed: number): Promise<World> {
    const chance = new Chance(seed ^ 0x5eed);
    const time = { offset: 0 };
    const clock = (): number => Date.now() + time.offset;
    const accounts = [await Account.start('A', chance, clock), await Account.start('B', chance, clock)] as const;
    return new World(accounts, time);
  }

  /** Advances the servers' clocks. */
  advance(ms: number): void {
    this.time.offset += ms;
  }

  /** Holds matching responses of every server until `recover`. */
  hold(match: RegExp): void {
    this.gates.push(...this.accounts.map(({ server }) => server.hold(match)));
  }

  /** Lets the next requests fail. */
  fail(fault: Fault): void {
    this.failing = true;
    for (const { server } of this.accounts) server.failNext(fault);
  }

  /** Ends the effects of `hold` and `fail`. */
  recover(): void {
    this.failing = false;
    for (const gate of this.gates.splice(0)) gate.release();
    for (const { server } of this.accounts) server.clearFaults();
  }

  /** Whether a response is held or the next requests will fail. */
  get isTroubled(): boolean {
    return this.failing || this.isSlow;
  }

  get isSlow(): boolean {
    return this.gates.length > 0;
  }

  get isAnswering(): boolean {
    return this.accounts.some(({ server }) =>
      server.requests.slice(-100).some(({ status, aborted }) => status === undefined && !aborted),
    );
  }

  async close(): Promise<void> {
    for (const { server } of this.accounts) await server.close();
  }
}

function turns(chance: Chance): SampleTurn[] {
  return Array.from({ length: chance.whole(1, chance.next() < 0.1 ? 60 : 6) }, (_, index): SampleTurn => {
    const content = `${chance.pick(vocabulary)} ${chance.whole(1, 9999)}`;
    if (index % 2 === 0 || chance.next() < 0.7) return { role: index % 2 === 0 ? 'assistant' : 'user', content };
    return {
      role: 'assistant',
      content,
      function_calls: [
        { name: 'look_up', arguments: { shelf: chance.whole(1, 99) }, result: { found: chance.next() < 0.8 } },
      ],
    };
  });
}
