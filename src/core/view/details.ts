import { type Conversation, unknownConversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import type { FunctionCall, Transcript, Turn } from '../model/transcript';
import { findTitle } from '../text/title';
import { summarizeJson } from '../text/summary';
import { entriesOf, stringify } from '../util/exactJson';
import { type CallFailure, findCallFailure } from './detailsFailure';
import { findOpening } from './callSummary';
import { type Fact, type FactKey, type KnownConversation, listFacts } from './facts';

export interface ConversationHead {
  readonly id: string;
  /** Never empty; the row's label if there is a row, so that tree and panel agree. */
  readonly label: string;
  readonly facts: readonly Fact[];
  readonly variables: JsonObject | undefined;
}

export interface CallView {
  readonly name: string;
  readonly arguments?: JsonValue | undefined;
  readonly result?: JsonValue | undefined;
  /** One line; undefined if there are none. */
  readonly argumentsSummary?: string | undefined;
  readonly resultSummary?: string | undefined;
  readonly failure?: CallFailure | undefined;
}

export interface TurnView {
  readonly role: string;
  readonly content: string;
  readonly calls: readonly CallView[];
}

/** The transcript as the panel shows it. Turns and calls are addressed by index. */
export interface TranscriptView {
  readonly turns: readonly TurnView[];
  /** Entries of the transcript that couldn't be parsed. */
  readonly rejected: number;
}

export function createHead(known: KnownConversation): ConversationHead {
  const { id, row, transcript } = known;
  return {
    id,
    // The transcript has some of the row's fields.
    label: findTitle(row ?? { ...unknownConversation, ...transcript, id }, transcript && findOpening(transcript.turns))
      .text,
    facts: listFacts(known),
    variables: findVariables(row, transcript),
  };
}

/** Prefers the transcript's variables, which are newer than the row's. */
export function findVariables(
  row: Conversation | undefined,
  transcript: Transcript | undefined,
): JsonObject | undefined {
  const variables = transcript?.variables ?? row?.variables;
  return variables !== undefined && Object.keys(variables).length > 0 ? variables : undefined;
}

export function createTranscriptView(transcript: Transcript): TranscriptView {
  return { turns: transcript.turns.map(createTurnView), rejected: transcript.rejected };
}

function createTurnView(turn: Turn): TurnView {
  return { role: turn.role, content: turn.content, calls: turn.functionCalls.map(createCallView) };
}

function createCallView(call: FunctionCall): CallView {
  return {
    name: call.name,
    arguments: call.arguments,
    result: call.result,
    argumentsSummary: summarizeJson(call.arguments),
    resultSummary: summarizeJson(call.result),
    failure: findCallFailure(call.result),
  };
}

export const callParts = ['arguments', 'result', 'whole'] as const;
export type CallPart = (typeof callParts)[number];

/** The part to copy, by its position: a page with untrusted text must not choose the text itself. */
export type CopyTarget =
  | { readonly kind: 'id' }
  | { readonly kind: 'fact'; readonly key: FactKey }
  /** `nth` counts variables of this name from 0. */
  | { readonly kind: 'variable'; readonly name: string; readonly nth?: number | undefined }
  | { readonly kind: 'message'; readonly turn: number }
  /** The link that opens the conversation at this turn. */
  | { readonly kind: 'turnLink'; readonly turn: number }
  | { readonly kind: 'call'; readonly turn: number; readonly call: number; readonly part: CallPart };

/** Returns the text to copy, as sent; undefined if the target doesn't exist, or is a link. */
export function findCopyText(known: KnownConversation, target: CopyTarget): string | undefined {
  switch (target.kind) {
    case 'id':
      return known.id;
    case 'fact':
      return listFacts(known).find(({ key }) => key === target.key)?.value;
    case 'variable': {
      const variables = findVariables(known.row, known.transcript) ?? {};
      const values = entriesOf(variables).filter(([name]) => name === target.name);
      return formatValue(values[target.nth ?? 0]?.[1]);
    }
    case 'message':
      return known.transcript?.turns[target.turn]?.content;
    case 'turnLink':
      return undefined;
    case 'call': {
      const call = known.transcript?.turns[target.turn]?.functionCalls[target.call];
      return call && formatCall(call, target.part);
    }
  }
}

function formatCall(call: FunctionCall, part: CallPart): string | undefined {
  if (part !== 'whole') return formatValue(call[part]);
  return stringify({ name: call.name, arguments: call.arguments, result: call.result }, 2);
}

function formatValue(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : stringify(value, 2);
}
