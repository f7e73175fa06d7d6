import { hash } from './random';
import { OrdinaryConversation } from './conversations/ordinary';
import type { SampleState } from './state';
import { minute, type SampleTurn } from './wire';

const second = 1000;
/** When the first conversation starts, the interval between conversations, and the duration of each turn. */
const firstStartMs = 8 * second;
const startIntervalMs = minute;
const turnMs = 8 * second;
/** Longer times without requests count as this much. */
const maxStepMs = minute;
/** Far from the ordinals of the initial conversations. */
const firstOrdinal = 20_000;

/** Returns the number of turns of each conversation after `elapsed` milliseconds, oldest first: one starts every minute. */
export function countTurnsAfter(elapsed: number): readonly number[] {
  const begun = elapsed < firstStartMs ? 0 : 1 + Math.floor((elapsed - firstStartMs) / startIntervalMs);
  return Array.from(
    { length: begun },
    (_, index) => 1 + Math.floor((elapsed - firstStartMs - index * startIntervalMs) / turnMs),
  );
}

interface Growing {
  readonly id: string;
  readonly story: readonly SampleTurn[];
  turnCount: number;
}

/** Test conversations that start and grow, turn by turn, while the user follows the sample data. */
export class Growth {
  private readonly growing: Growing[] = [];
  private elapsed = 0;
  private last: number | undefined;

  constructor(private readonly seed: number) {}

  /** Updates the conversations to `now` (epoch milliseconds); only the time between such calls counts. */
  pass(state: SampleState, now: number): void {
    this.elapsed += Math.min(Math.max(now - (this.last ?? now), 0), maxStepMs);
    this.last = now;
    for (const [index, turns] of countTurnsAfter(this.elapsed).entries()) {
      const grown = this.growing[index] ?? this.begin(state, index, now);
      const turnCount = Math.min(turns, grown.story.length);
      if (turnCount === grown.turnCount) continue;
      grown.turnCount = turnCount;
      state.update(grown.id, { history: grown.story.slice(0, turnCount), updatedAt: now });
    }
  }

  private begin(state: SampleState, index: number, now: number): Growing {
    const ordinal = firstOrdinal + (hash(this.seed, index) % 1000) * 10;
    const place = { number: 0, id: () => '', createdAt: now, updatedAt: () => now };
    const {
      assistantUuid,
      assistantName,
      variables,
      history: story,
    } = new OrdinaryConversation(this.seed, ordinal, place);
    const history = story.slice(0, 1);
    const { id } = state.add({ assistantUuid, assistantName, variables, history, type: 'test' }, now);
    const begun = { id, story, turnCount: history.length };
    this.growing.push(begun);
    return begun;
  }
}
