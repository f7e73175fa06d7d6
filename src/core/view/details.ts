import type { Conversation, ConversationType, Party } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import type { FunctionCall, Transcript, Turn } from '../model/transcript';
import { costDigits } from '../text/cost';
import { labelOf } from '../text/label';
import { summaryOf } from '../text/summary';
import { failureOf, type CallFailure } from './detailsFailure';

/** What is known of a conversation so far: its row may not be loaded, its transcript may not have come. */
export interface KnownConversation {
  readonly id: string;
  readonly row: Conversation | undefined;
  readonly transcript: Transcript | undefined;
}

/** One thing to be known about a conversation; what is not known is not there. Times are as sent. */
export type Fact =
  | { readonly key: 'messages'; readonly count: number }
  /** USD, in the digits that the server sent. */
  | { readonly key: 'cost'; readonly digits: string }
  | { readonly key: 'ai'; readonly enabled: boolean }
  | { readonly key: 'created' | 'updated'; readonly sent: string }
  | { readonly key: 'customer' | 'sender'; readonly party: Party }
  | { readonly key: 'externalIdentifier'; readonly text: string };

export const factKeys = [
  'messages',
  'cost',
  'ai',
  'created',
  'updated',
  'customer',
  'sender',
  'externalIdentifier',
] as const;
export type FactKey = (typeof factKeys)[number];

export interface ConversationHead {
  readonly id: string;
  /** Never empty; the row's own where there is a row, so that tree and panel call it the same. */
  readonly label: string;
  readonly type: ConversationType | undefined;
  readonly assistant: { readonly id: string; readonly name: string | undefined } | undefined;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
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

export function headOf({ id, row, transcript }: KnownConversation): ConversationHead {
  return {
    id,
    label: labelOf(row ?? rowlessOf(id, transcript)).text,
    type: row?.type,
    assistant: row && { id: row.assistantId, name: row.assistantName },
    createdAt: row?.createdAt,
    updatedAt: row?.updatedAt,
    facts: [...factsIn(row, transcript)],
    variables: variablesOf(row, transcript),
  };
}

/** The transcript's are read later than the row's. */
export function variablesOf(row: Conversation | undefined, transcript: Transcript | undefined): JsonObject | undefined {
  const variables = transcript?.variables ?? row?.variables;
  return variables !== undefined && Object.keys(variables).length > 0 ? variables : undefined;
}

function* factsIn(row: Conversation | undefined, transcript: Transcript | undefined): Generator<Fact> {
  if (row?.messageCount !== undefined) yield { key: 'messages', count: row.messageCount };
  const digits = costDigits(row?.totalCost);
  if (digits !== undefined) yield { key: 'cost', digits };
  if (row?.aiEnabled !== undefined) yield { key: 'ai', enabled: row.aiEnabled };
  if (row !== undefined && row.createdAt !== '') yield { key: 'created', sent: row.createdAt };
  if (row !== undefined && row.updatedAt !== '') yield { key: 'updated', sent: row.updatedAt };
  const customer = known(row?.customer) ?? known(transcript?.customer);
  if (customer !== undefined) yield { key: 'customer', party: customer };
  const sender = known(row?.whatsappSender) ?? known(transcript?.whatsappSender);
  if (sender !== undefined) yield { key: 'sender', party: sender };
  const external = row?.externalIdentifier ?? transcript?.externalIdentifier;
  if (external !== undefined && external !== '') yield { key: 'externalIdentifier', text: external };
}

function known(party: Party | undefined): Party | undefined {
  return party?.name !== undefined || party?.phone !== undefined ? party : undefined;
}

/** Enough of a row for a label: the transcript tells some of what the row would. */
function rowlessOf(id: string, transcript: Transcript | undefined): Conversation {
  return {
    id,
    assistantId: '',
    assistantName: undefined,
    type: '',
    messageCount: undefined,
    totalCost: undefined,
    aiEnabled: undefined,
    createdAt: '',
    updatedAt: '',
    variables: transcript?.variables,
    externalIdentifier: transcript?.externalIdentifier,
    whatsappSender: transcript?.whatsappSender,
    customer: transcript?.customer,
    extra: undefined,
  };
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
