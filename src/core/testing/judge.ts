import type { TurnResult } from './result';

export interface Judgment {
  readonly pass: boolean;
  readonly reason: string;
  /** How many of its verdicts agree; undefined if there is only one. */
  readonly votes?: { readonly agreed: number; readonly total: number };
}

/** A language model that decides whether replies fulfill a rubric. */
export interface Judge {
  /** The model's name, for people. */
  readonly name: string;
  /** @throws Error with a message for people if there is no verdict */
  judge(rubric: string, conversation: readonly TurnResult[], signal: AbortSignal): Promise<Judgment>;
}
