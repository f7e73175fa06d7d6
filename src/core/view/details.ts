import { unknownConversation, type Conversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import type { FunctionCall, Transcript, Turn } from '../model/transcript';
import { labelOf } from '../text/label';
import { summaryOf } from '../text/summary';
import { failureOf, type CallFailure } from './detailsFailure';
import { factsOf, type Fact, type KnownConversation } from './facts';

export interface ConversationHead {
  readonly id: string;
  /** Never empty; the row's own where there is a row, so that tree and panel call it the same. */
  readonly label: string;
  readonly facts: readonly Fact[];
  readonly variables: JsonObject | undefined;
}

export interface CallView {
  readonly name: string;
  readonly arguments?: JsonValue | undefined;
  readonly result?: JsonValue | undefined;
  /** One line; missing where there is nothing to say. */
  readonly argumentsSummary?: string | undefined;
  readonly resultSummary?: string | undefined;
  readonly failure?: CallFailure | undefined;
}

export interface TurnView {
  readonly role: string;
  readonly content: string;
  readonly calls: readonly CallView[];
}

/** The transcript as the panel shows it: turns and calls are addressed by their index. */
export interface TranscriptView {
  readonly turns: readonly TurnView[];
  /** Entries of the history that could not be understood. */
  readonly rejected: number;
}

export function headOf(known: KnownConversation): ConversationHead {
  const { id, row, transcript } = known;
  return {
    id,
    // The transcript knows some of what the row would.
    label: labelOf(row ?? { ...unknownConversation, ...transcript, id }).text,
    facts: factsOf(known),
    variables: variablesOf(row, transcript),
  };
}

/** The transcript's are read later than the row's. */
export function variablesOf(row: Conversation | undefined, transcript: Transcript | undefined): JsonObject | undefined {
  const variables = transcript?.variables ?? row?.variables;
  return variables !== undefined && Object.keys(variables).length > 0 ? variables : undefined;
}

export function transcriptViewOf(transcript: Transcript): TranscriptView {
  return { turns: transcript.turns.map(turnView), rejected: transcript.rejected };
}

function turnView(turn: Turn): TurnView {
  return { role: turn.role, content: turn.content, calls: turn.functionCalls.map(callView) };
}

function callView(call: FunctionCall): CallView {
  return {
    name: call.name,
    arguments: call.arguments,
    result: call.result,
    argumentsSummary: summaryOf(call.arguments),
    resultSummary: summaryOf(call.result),
    failure: failureOf(call.result),
  };
}
