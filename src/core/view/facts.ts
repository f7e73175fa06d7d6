import type { Conversation, Party } from '../model/conversation';
import type { Transcript } from '../model/transcript';
import { formatCostDigits } from '../text/cost';
import { toVisibleLine } from '../text/title';

/** The loaded data of a conversation: its row or its transcript may be undefined. */
export interface KnownConversation {
  readonly id: string;
  readonly row: Conversation | undefined;
  readonly transcript: Transcript | undefined;
}

/** Every fact of a conversation, in display order: its text as sent, if it's known. */
const readers = {
  id: ({ id }) => id,
  type: ({ row }) => row?.type,
  assistant: ({ row }) => (hasAssistantName(row) ? row?.assistantName : undefined),
  /** The ID of an assistant without a name. */
  deletedAssistant: ({ row }) => (hasAssistantName(row) ? undefined : row?.assistantId),
  messages: ({ row }) => row?.messageCount?.toString(),
  /** USD, in the digits that the server sent. */
  cost: ({ row }) => formatCostDigits(row?.totalCost),
  ai: ({ row }) => row?.aiEnabled?.toString(),
  created: ({ row }) => row?.createdAt,
  updated: ({ row }) => row?.updatedAt,
  customer: ({ row, transcript }) => formatParty(row?.customer) ?? formatParty(transcript?.customer),
  sender: ({ row, transcript }) => formatParty(row?.whatsappSender) ?? formatParty(transcript?.whatsappSender),
  externalIdentifier: ({ row, transcript }) => row?.externalIdentifier ?? transcript?.externalIdentifier,
} satisfies Readonly<Record<string, (known: KnownConversation) => string | undefined>>;

export type FactKey = keyof typeof readers;
export const factKeys = Object.keys(readers) as readonly FactKey[];

export interface Fact {
  readonly key: FactKey;
  /** Never empty; also the text to copy. */
  readonly value: string;
}

/** Omits unknown facts. */
export function listFacts(known: KnownConversation): readonly Fact[] {
  return factKeys.map((key) => ({ key, value: readers[key](known) ?? '' })).filter(({ value }) => value !== '');
}

function hasAssistantName(row: Conversation | undefined): boolean {
  return toVisibleLine(row?.assistantName ?? '').trim() !== '';
}

/** "Ines M. · +49171"; undefined if nothing is known. */
function formatParty(party: Party | undefined): string | undefined {
  const parts = [party?.name, party?.phone].filter((part) => (part ?? '').trim() !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}
