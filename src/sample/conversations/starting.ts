import { findAssistantByKey } from '../assistants';
import { hash, idOfRank, rankInId } from '../random';
import { ageOfRank, minute, type SampleConversation } from '../wire';
import { type Fixture, type FixtureName, fixtureNames, fixtures } from './fixtures';
import { OrdinaryConversation } from './ordinary';

/** Fixtures have every second rank from here. */
const firstFixture = 5;

export interface StartingOptions {
  readonly count: number;
  readonly seed: number;
  readonly fixtures: boolean;
}

/**
 * The conversations at the start, newest at rank 0, each computed from its rank alone, so that a hundred thousand cost
 * nothing until they are used.
 */
export class StartingConversations {
  private readonly fixtureNames: readonly FixtureName[];
  private readonly fixtureLengths = new Map<FixtureName, number>();

  /** Ages count from `start` (epoch milliseconds). */
  constructor(
    private readonly options: StartingOptions,
    private readonly start: number,
  ) {
    this.fixtureNames = fixtureNames(options.fixtures);
  }

  /** @throws RangeError if `count` is too small to include the fixture */
  fixtureRank(name: FixtureName): number {
    const index = this.fixtureNames.indexOf(name);
    const rank = firstFixture + 2 * index;
    if (index < 0 || rank >= this.options.count) throw new RangeError(`No fixture ${name} in this sample`);
    return rank;
  }

  findRank(id: string): number | undefined {
    const hidden = rankInId(id);
    if (hidden < this.options.count && this.idAt(hidden) === id) return hidden;
    const odd = this.fixtureNames.findIndex((name) => this.fixture(name).patch?.id === id);
    const rank = firstFixture + 2 * odd;
    return odd >= 0 && rank < this.options.count ? rank : undefined;
  }

  at(rank: number): SampleConversation {
    const { count, seed } = this.options;
    const name = this.nameAt(rank);
    const number = count - rank;
    const createdAt = this.start - ageOfRank(rank, count, hash(seed, rank, 4));
    // Half a minute per message, never in the future.
    const updatedAt = (messages: number): number =>
      Math.min(createdAt + messages * 26_000 + (hash(seed, rank, 6) % 30_000), this.start - minute);
    if (name === undefined) {
      const place = { number, id: () => this.idAt(rank), createdAt, updatedAt };
      return new OrdinaryConversation(seed, this.computeOrdinal(rank), place);
    }
    const fixture = this.fixture(name);
    const assistant = findAssistantByKey(fixture.assistant);
    const messageCount = this.countTurns(name, fixture);
    return {
      number,
      id: this.idAt(rank),
      assistantUuid: assistant.uuid,
      assistantName: assistant.name,
      type: 'test',
      variables: { test_name: fixture.title },
      messageCount,
      totalCost: 0,
      aiEnabled: true,
      createdAt,
      updatedAt: updatedAt(messageCount),
      ...fixture.patch,
      // Created on access: one of them has 200 kB.
      get history() {
        return fixture.turns();
      },
    };
  }

  private fixture(name: FixtureName): Fixture {
    return fixtures[name];
  }

  private countTurns(name: FixtureName, fixture: Fixture): number {
    const known = this.fixtureLengths.get(name) ?? fixture.turns().length;
    this.fixtureLengths.set(name, known);
    return known;
  }

  private idAt(rank: number): string {
    const name = this.nameAt(rank);
    return (name && this.fixture(name).patch?.id) ?? idOfRank(this.options.seed, rank);
  }

  private nameAt(rank: number): FixtureName | undefined {
    const place = (rank - firstFixture) / 2;
    return Number.isInteger(place) ? this.fixtureNames[place] : undefined;
  }

  /** Returns how many ordinary conversations are newer. */
  private computeOrdinal(rank: number): number {
    const before = Math.ceil((rank - firstFixture) / 2);
    return rank - Math.max(0, Math.min(before, this.fixtureNames.length));
  }
}
