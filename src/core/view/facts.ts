import type { Conversation, Party } from '../model/conversation';
import type { Transcript } from '../model/transcript';
import { formatCostDigits } from '../text/cost';
import { toVisibleLine } from '../text/label';

/** What is known of a conversation so far: its row may not be loaded, its transcript may not have come. */
export interface KnownConversation {
  readonly id: string;
  readonly row: Conversation | undefined;
  readonly transcript: Transcript | undefined;
}

/** Every fact of a conversation, in the order in which all views show them: its text as sent, if it's known. */
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
  customer: ({ row, transcript }) => partyText(row?.customer) ?? partyText(transcript?.customer),
  sender: ({ row, transcript }) => partyText(row?.whatsappSender) ?? partyText(transcript?.whatsappSender),
  externalIdentifier: ({ row, transcript }) => row?.externalIdentifier ?? transcript?.externalIdentifier,
} satisfies Readonly<Record<string, (known: KnownConversation) => string | undefined>>;

export type FactKey = keyof typeof readers;
export const factKeys = Object.keys(readers) as readonly FactKey[];

export interface Fact {
  readonly key: FactKey;
  /** Never empty; also what is copied. */
  readonly value: string;
}

/** What isn't known is left out. */
export function factsOf(known: KnownConversation): readonly Fact[] {
  return factKeys.map((key) => ({ key, value: readers[key](known) ?? '' })).filter(({ value }) => value !== '');
}

function hasAssistantName(row: Conversation | undefined): boolean {
  return toVisibleLine(row?.assistantName ?? '').trim() !== '';
}

/** "Ines M. · +49171"; undefined if nothing is known. */
function partyText(party: Party | undefined): string | undefined {
  const parts = [party?.name, party?.phone].filter((part) => (part ?? '').trim() !== '');
  return parts.length === 0 ? undefined : parts.join(' · ');
}
