import { findAssistantByKey } from './assistants';
import { hash, idOfRank } from './random';
import type { FixtureName } from './conversations/fixtures';
import { StartingConversations, type StartingOptions } from './conversations/starting';
import type { SampleConversation, SampleTurn } from './wire';

/** Fields of a conversation to add; the rest has defaults. */
export type AddedConversation = Partial<Omit<SampleConversation, 'number' | 'assistantUuid'>> & {
  /** Key of its assistant; defaults to `clinic`. */
  readonly assistant?: string;
  readonly assistantUuid?: string;
};

/** The account's conversations: the initial ones, computed, and the added or changed ones. */
export class SampleState {
  private readonly starting: StartingConversations;
  private readonly changed = new Map<number, SampleConversation>();
  private readonly removed = new Set<number>();
  private readonly numbersById = new Map<string, number>();
  private readonly selections = new Map<string, readonly number[]>();
  private last: number;

  constructor(
    private readonly options: StartingOptions,
    start: number,
  ) {
    this.starting = new StartingConversations(options, start);
    this.last = options.count;
  }

  get(number: number): SampleConversation {
    return this.changed.get(number) ?? this.starting.at(this.options.count - number);
  }

  find(id: string): SampleConversation | undefined {
    const number = this.findNumber(id);
    return number === undefined || this.removed.has(number) ? undefined : this.get(number);
  }

  /** Returns the numbers of all matches, newest first. `key` identifies the condition: the result is cached for paging. */
  select(key: string, matches: (conversation: SampleConversation) => boolean): readonly number[] {
    const known = this.selections.get(key);
    if (known) return known;
    const numbers: number[] = [];
    for (let number = this.last; number > 0; number--) {
      if (!this.removed.has(number) && matches(this.get(number))) numbers.push(number);
    }
    this.selections.set(key, numbers);
    return numbers;
  }

  /** Adds a conversation at the top of the list. By default, it was created at `now` (epoch milliseconds). */
  add(given: AddedConversation, now: number): SampleConversation {
    const { assistant: key, ...rest } = given;
    const assistant = findAssistantByKey(key ?? 'clinic');
    const history: readonly SampleTurn[] = given.history ?? [{ role: 'assistant', content: 'Hello.' }];
    const number = this.last + 1;
    const made: SampleConversation = {
      number,
      // After the ranks of the start, so that IDs don't collide.
      id: idOfRank(hash(this.options.seed, 9), number + 0x1000_0000),
      assistantUuid: assistant.uuid,
      assistantName: assistant.name,
      type: 'test',
      variables: null,
      messageCount: history.length,
      totalCost: 0,
      aiEnabled: true,
      createdAt: now,
      updatedAt: given.createdAt ?? now,
      ...rest,
      history,
    };
    if (this.find(made.id)) throw new Error('A conversation of that id is there already');
    this.last = number;
    this.put(made);
    return made;
  }

  /** Changes a conversation. Its count follows a changed history unless it's given. @throws Error for an unknown ID */
  update(id: string, change: Partial<Omit<SampleConversation, 'number' | 'id'>>): SampleConversation {
    const before = this.find(id);
    if (!before) throw new Error('No such conversation in the sample');
    const messageCount = change.messageCount ?? change.history?.length ?? before.messageCount;
    const after = { ...plain(before), ...change, messageCount };
    this.put(after);
    return after;
  }

  /** Deletes and returns a conversation. @throws Error for an unknown ID */
  remove(id: string): SampleConversation {
    const conversation = this.find(id);
    if (!conversation) throw new Error('No such conversation in the sample');
    this.removed.add(conversation.number);
    this.selections.clear();
    return conversation;
  }

  /** Returns the ID of the fixture's conversation. @throws RangeError if the data doesn't include it */
  fixtureId(name: FixtureName): string {
    return this.starting.at(this.starting.fixtureRank(name)).id;
  }

  private findNumber(id: string): number | undefined {
    const added = this.numbersById.get(id);
    if (added !== undefined) return added;
    const rank = this.starting.findRank(id);
    return rank === undefined ? undefined : this.options.count - rank;
  }

  private put(conversation: SampleConversation): void {
    this.changed.set(conversation.number, conversation);
    this.numbersById.set(conversation.id, conversation.number);
    this.selections.clear();
  }
}

/** Copies all fields: a spread would lose the getters of computed ones. */
function plain(conversation: SampleConversation): SampleConversation {
  const { number, id, assistantUuid, assistantName, type, variables, history, messageCount } = conversation;
  const { totalCost, aiEnabled, createdAt, updatedAt, externalIdentifier, whatsappSender, customer } = conversation;
  const { detailMissing, sending } = conversation;
  return {
    ...{ number, id, assistantUuid, assistantName, type, variables, history, messageCount, totalCost, aiEnabled },
    ...{ createdAt, updatedAt, externalIdentifier, whatsappSender, customer, detailMissing, sending },
  };
}
