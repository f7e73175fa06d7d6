import type { L10n } from '../text/l10n';
import type { Judge, Judgment } from './judge';
import { createJudgePrompt, findVerdict, formatForJudge } from './judgePrompt';
import type { TurnResult } from './result';

const maxResponseChars = 20_000;

/** A language model that replies to one prompt with text. */
export interface JudgeModel {
  /** The model's name, for people. */
  readonly name: string;
  /** @throws Error with a message for people */
  ask(prompt: string, signal: AbortSignal): Promise<string>;
}

/** Asks a language model for verdicts. Create one for each run: it asks about the same text only once. */
export class ModelJudge implements Judge {
  readonly name: string;
  private readonly pending = new Map<string, Promise<Judgment>>();

  constructor(
    private readonly model: JudgeModel,
    private readonly l10n: L10n,
  ) {
    this.name = model.name;
  }

  judge(rubric: string, turns: readonly TurnResult[], signal: AbortSignal): Promise<Judgment> {
    const conversation = formatForJudge(turns);
    const key = JSON.stringify([rubric, conversation]);
    let judgment = this.pending.get(key);
    if (judgment === undefined) {
      judgment = this.decide(rubric, conversation, signal);
      this.pending.set(key, judgment);
      // The next run may have more luck.
      judgment.catch(() => this.pending.delete(key));
    }
    return judgment;
  }

  /** Models say "no" at random now and then, so two more verdicts confirm or overrule it. */
  private async decide(rubric: string, conversation: string, signal: AbortSignal): Promise<Judgment> {
    const first = await this.ask(rubric, conversation, signal);
    if (first.pass) return first;
    const verdicts = [first];
    while (verdicts.length < 3) verdicts.push(await this.ask(rubric, conversation, signal));
    const agreeing = verdicts.filter(({ pass }) => pass);
    const majority = agreeing.length >= 2 ? agreeing : verdicts.filter(({ pass }) => !pass);
    const { pass, reason } = majority[0] ?? first;
    return { pass, reason, votes: { agreed: majority.length, total: verdicts.length } };
  }

  private async ask(rubric: string, conversation: string, signal: AbortSignal) {
    for (let attempts = 0; attempts < 2; attempts += 1) {
      signal.throwIfAborted();
      const response = await this.model.ask(createJudgePrompt(rubric, conversation), signal);
      const verdict = findVerdict(response.slice(-maxResponseChars));
      if (verdict !== undefined) return verdict;
    }
    throw new Error(this.l10n.t('its response has no verdict. Choose another judge model.'));
  }
}
