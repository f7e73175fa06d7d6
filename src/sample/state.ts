import { assistantByKey } from './assistants';
import { hash, idOfRank } from './random';
import type { FixtureName } from './conversations/fixtures';
import { StartingConversations, type StartingOptions } from './conversations/starting';
import type { SampleConversation, SampleTurn } from './wire';

/** What a conversation to be added says of itself; the rest is made up. */
export type AddedConversation = Partial<Omit<SampleConversation, 'number' | 'assistantUuid'>> & {
  /** Key of its assistant, `clinic` where not given. */
  readonly assistant?: string;
  readonly assistantUuid?: string;
};

/** The conversations of the account: those of the start, computed, and those that were added or changed since. */
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
    const number = this.numberOf(id);
    return number === undefined || this.removed.has(number) ? undefined : this.get(number);
  }

  /**
   * Numbers of those that match, newest first. `key` names the condition: a list that is paged through is made once.
   */
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

  /** Puts a conversation at the top of the list; `now` in epoch milliseconds is when it began, where nothing else is said. */
  add(given: AddedConversation, now: number): SampleConversation {
    const { assistant: key, ...rest } = given;
    const assistant = assistantByKey(key ?? 'clinic');
    const history: readonly SampleTurn[] = given.history ?? [{ role: 'assistant', content: 'Hello.' }];
    const number = this.last + 1;
    const made: SampleConversation = {
      number,
      // Past the ranks of the start, so that no two ids meet.
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
    this.keep(made);
    return made;
  }

  /** Changes a conversation. Its count follows a changed history unless it is given. @throws Error for an unknown id. */
  update(id: string, change: Partial<Omit<SampleConversation, 'number' | 'id'>>): SampleConversation {
    const before = this.find(id);
    if (!before) throw new Error('No such conversation in the sample');
    const messageCount = change.messageCount ?? change.history?.length ?? before.messageCount;
    const after = { ...plain(before), ...change, messageCount };
    this.keep(after);
    return after;
  }

  /** Deletes a conversation. @returns what it was @throws Error for an unknown id */
  remove(id: string): SampleConversation {
    const conversation = this.find(id);
    if (!conversation) throw new Error('No such conversation in the sample');
    this.removed.add(conversation.number);
    this.selections.clear();
    return conversation;
  }

  /** Id of the conversation that has that oddity. @throws RangeError where it is not among the data. */
  fixtureId(name: FixtureName): string {
    return this.starting.at(this.starting.fixtureRank(name)).id;
  }

  private numberOf(id: string): number | undefined {
    const added = this.numbersById.get(id);
    if (added !== undefined) return added;
    const rank = this.starting.rankOf(id);
    return rank === undefined ? undefined : this.options.count - rank;
  }

  private keep(conversation: SampleConversation): void {
    this.changed.set(conversation.number, conversation);
    this.numbersById.set(conversation.id, conversation.number);
    this.selections.clear();
  }
}

/** Its fields, computed: what is computed on demand is lost in a spread. */
function plain(conversation: SampleConversation): SampleConversation {
  const { number, id, assistantUuid, assistantName, type, variables, history, messageCount } = conversation;
  const { totalCost, aiEnabled, createdAt, updatedAt, externalIdentifier, whatsappSender, customer } = conversation;
  const { detailMissing, sending } = conversation;
  return {
    ...{ number, id, assistantUuid, assistantName, type, variables, history, messageCount, totalCost, aiEnabled },
    ...{ createdAt, updatedAt, externalIdentifier, whatsappSender, customer, detailMissing, sending },
  };
}
