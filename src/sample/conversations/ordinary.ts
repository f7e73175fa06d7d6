import type { JsonValue } from '../../core/model/json';
import { findAssistantByKey, type SampleAssistant } from '../assistants';
import { hash, pick } from '../random';
import type { SampleConversation, SampleParty, SampleTurn } from '../wire';
import { clinicStories } from './clinic';
import { chooseFilling, type Filling, fillText, fillValue } from './fill';
import { itStories } from './it';
import { shopStories } from './shop';
import { readScript, type Story } from './fixtures';
import { supportStories } from './support';

/** Alternates between the assistants, so that neighbors in the list differ. */
const stories: readonly Story[] = [0, 1, 2, 3, 4].flatMap((turn) =>
  [shopStories, clinicStories, supportStories, itStories].flatMap((list) => list[turn] ?? []),
);

/** The types of ordinary conversations, in rotation: most are tests. */
const types = ['test', 'test', 'widget', 'test', 'whatsapp', 'test', 'test', 'api', 'test', 'widget'];

/** A conversation's position and times. */
export interface Place {
  readonly number: number;
  readonly id: () => string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: (messageCount: number) => number;
}

/**
 * One of the hand-written stories with its own names, times, and numbers. A class, so that its fields are computed only
 * on access: filters of a list of a hundred thousand use only a few of them.
 */
export class OrdinaryConversation implements SampleConversation {
  readonly number: number;
  readonly createdAt: number;
  readonly type: string;
  readonly messageCount: number;
  private readonly story: Story;
  private readonly chance: number;
  private readonly assistant: SampleAssistant;
  private chosen: Filling | undefined;

  /** `ordinal` is its position among the ordinary ones, newest first. */
  constructor(
    seed: number,
    private readonly ordinal: number,
    private readonly place: Place,
  ) {
    const first = ordinal < stories.length;
    const chance = hash(seed, ordinal, 5);
    const story = pick(stories, first ? ordinal : hash(chance, 1));
    // Half of the support conversations use the copy of the assistant, which has the same name.
    const twin = story.assistant === 'support' && hash(chance, 2) % 2 === 0;
    this.number = place.number;
    this.createdAt = place.createdAt;
    this.chance = chance;
    this.story = story;
    this.type = pick(types, ordinal);
    this.assistant = findAssistantByKey(twin ? 'supportCopy' : story.assistant);
    this.messageCount = chooseTurnCount(countTurns(story), first, chance);
  }

  get id(): string {
    return this.place.id();
  }

  get assistantUuid(): string {
    return this.assistant.uuid;
  }

  get assistantName(): string {
    return this.assistant.name;
  }

  get aiEnabled(): boolean {
    return !(this.story.aiOff && this.messageCount === countTurns(this.story));
  }

  get updatedAt(): number {
    return this.place.updatedAt(this.messageCount);
  }

  /** Tests are mostly free; everything else costs per message. */
  get totalCost(): number {
    const { type, messageCount, chance } = this;
    if (type === 'test' && hash(chance, 6) % 3 > 0) return 0;
    return Number((messageCount * (type === 'test' ? 0.0008 : 0.0032) + (hash(chance, 7) % 40) / 10_000).toFixed(4));
  }

  get variables(): JsonValue {
    return fillValue(this.story.variables, this.filling, this.chance);
  }

  get history(): readonly SampleTurn[] {
    return readScript(fillText(this.story.script, this.filling, this.chance)).slice(0, this.messageCount);
  }

  get externalIdentifier(): string | undefined {
    return this.type === 'api' ? `crm-${this.filling['ref']}` : undefined;
  }

  get whatsappSender(): SampleParty | undefined {
    return this.type === 'whatsapp' ? { name: this.assistant.name, phone: '+4930555010' } : undefined;
  }

  /** Every second customer has no known name. */
  get customer(): SampleParty | undefined {
    const { name = '', phone = '' } = this.type === 'whatsapp' ? this.filling : {};
    return this.type === 'whatsapp' ? { name: this.ordinal % 20 < 10 ? name : null, phone } : undefined;
  }

  private get filling(): Filling {
    return (this.chosen ??= chooseFilling(this.chance, this.createdAt));
  }
}

const lengths = new Map<Story, number>();

function countTurns(story: Story): number {
  let length = lengths.get(story);
  if (length === undefined) {
    length = readScript(fillText(story.script, chooseFilling(0, 0), 0)).length;
    lengths.set(story, length);
  }
  return length;
}

/** A story is complete the first time; later, some users leave in the middle. */
function chooseTurnCount(length: number, first: boolean, chance: number): number {
  return first || hash(chance, 3) % 3 > 0 ? length : Math.max(3, length - 2 - (hash(chance, 4) % 2));
}
