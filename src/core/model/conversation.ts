import type { JsonObject } from './json';

/** The types that the platform documents, in the order in which they are shown. A server may invent more. */
export const knownConversationTypes = ['test', 'widget', 'whatsapp', 'api'] as const;

/** One of `knownConversationTypes`, or whatever else the server says. */
export type ConversationType = string;

/** Somebody with a phone: the customer of a WhatsApp conversation, or the number that answered. */
export interface Party {
  readonly name: string | undefined;
  readonly phone: string | undefined;
}

/** A conversation's row in the list. Source: `GET /user/conversations`. */
export interface Conversation {
  /** Opaque: looks like a UUID, is not always one. */
  readonly id: string;
  /** The assistant's UUID (its integer id is not in the row). */
  readonly assistantId: string;
  /** Missing when the assistant was deleted. */
  readonly assistantName: string | undefined;
  readonly type: ConversationType;
  readonly messageCount: number | undefined;
  /** USD, as sent: a number, or a decimal string whose digits are kept. */
  readonly totalCost: number | string | undefined;
  readonly aiEnabled: boolean | undefined;
  /** As sent: `YYYY-MM-DD HH:MM:SS` without a zone, or whatever else the server says. */
  readonly createdAt: string;
  /** As sent, like `createdAt`. */
  readonly updatedAt: string;
  readonly variables: JsonObject | undefined;
  readonly externalIdentifier: string | undefined;
  readonly whatsappSender: Party | undefined;
  readonly customer: Party | undefined;
  /** Fields of the row that this model doesn't know, or can't give back as they were sent. */
  readonly extra: JsonObject | undefined;
  /** The names of the row's fields, in their order. Missing if no row was sent. */
  readonly fields?: readonly string[];
}

/** A row of which nothing is known. */
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

/** An assistant under both of its ids. Source: `GET /user/assistants/get`. */
export interface Assistant {
  /** What the list's `assistant_id` filter takes. */
  readonly serverId: number;
  /** What a conversation's row carries as `assistant_id`. */
  readonly uuid: string;
  readonly name: string;
  /** Only of a deleted one that the server still lists. */
  readonly isDeleted?: true;
}

/** Whose key it is. Source: `GET /user/me`; fields are missing where the server does not tell. */
export interface KeyOwner {
  readonly name: string | undefined;
  readonly email: string | undefined;
  /** USD, as sent: a number, or a decimal string whose digits are kept. */
  readonly balance: number | string | undefined;
}
