import type { JsonObject } from './json';

/** The documented types, in display order. Servers may send others. */
export const knownConversationTypes = ['test', 'widget', 'whatsapp', 'api'] as const;

/** One of `knownConversationTypes`, or any other type that the server sends. */
export type ConversationType = string;

/** A customer or the WhatsApp sender. */
export interface Party {
  readonly name: string | undefined;
  readonly phone: string | undefined;
}

/** A row of `GET /user/conversations`. */
export interface Conversation {
  /** Opaque: usually a UUID, but not always. */
  readonly id: string;
  /** The assistant's UUID; rows don't have its integer ID. */
  readonly assistantId: string;
  /** Undefined if the assistant was deleted. */
  readonly assistantName: string | undefined;
  readonly type: ConversationType;
  readonly messageCount: number | undefined;
  /** USD as sent: a number, or a decimal string with all digits. */
  readonly totalCost: number | string | undefined;
  readonly aiEnabled: boolean | undefined;
  /** As sent: usually `YYYY-MM-DD HH:MM:SS` without a zone. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly variables: JsonObject | undefined;
  readonly externalIdentifier: string | undefined;
  readonly whatsappSender: Party | undefined;
  readonly customer: Party | undefined;
  /** Fields of the row that this model doesn't have or can't represent as sent. */
  readonly extra: JsonObject | undefined;
  /** Names of the row's fields in the order sent; missing if there was no row. */
  readonly fields?: readonly string[];
}

/** Placeholder with all fields empty. */
export const unknownConversation: Conversation = {
  id: '',
  assistantId: '',
  assistantName: undefined,
  type: '',
  messageCount: undefined,
  totalCost: undefined,
  aiEnabled: undefined,
  createdAt: '',
  updatedAt: '',
  variables: undefined,
  externalIdentifier: undefined,
  whatsappSender: undefined,
  customer: undefined,
  extra: undefined,
};

/** An assistant with both of its IDs, from `GET /user/assistants/get`. */
export interface Assistant {
  /** Value of the list's `assistant_id` filter. */
  readonly serverId: number;
  /** Value of `assistant_id` in a conversation's row. */
  readonly uuid: string;
  readonly name: string;
  /** Set if the server lists the assistant although it was deleted. */
  readonly isDeleted?: true;
}

/** The API key's owner, from `GET /user/me`. */
export interface KeyOwner {
  readonly name: string | undefined;
  readonly email: string | undefined;
  /** USD as sent: a number, or a decimal string with all digits. */
  readonly balance: number | string | undefined;
}
