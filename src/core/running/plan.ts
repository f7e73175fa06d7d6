import type { Conversation } from '../model/conversation';
import type { JsonObject } from '../model/json';
import type { Transcript } from '../model/transcript';
import { messageProblem, type MessageProblem } from '../text/message';
import { variablesOf } from '../view/details';

/** What a conversation comes to when it is run again. */
export interface RerunPlan {
  readonly assistantUuid: string;
  readonly variables: JsonObject | undefined;
  /** What the user said, in order. */
  readonly messages: readonly string[];
  /** How many of the user's messages the platform would not take. */
  readonly leftOut: Readonly<Record<MessageProblem, number>>;
}

export type Unplannable = 'noAssistant' | 'noUserMessages';

/** @returns why it can't be run again, where it can't: the assistant is in the row alone */
export function planRerun(row: Conversation | undefined, transcript: Transcript): RerunPlan | Unplannable {
  if (row === undefined || row.assistantId === '') return 'noAssistant';
  const messages: string[] = [];
  const leftOut = { blank: 0, tooLong: 0 };
  for (const { role, content } of transcript.turns) {
    if (role !== 'user') continue;
    const problem = messageProblem(content);
    if (problem === undefined) messages.push(content);
    else leftOut[problem] += 1;
  }
  if (messages.length === 0) return 'noUserMessages';
  return { assistantUuid: row.assistantId, variables: variablesOf(row, transcript), messages, leftOut };
}
