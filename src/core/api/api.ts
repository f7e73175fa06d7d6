import type { Assistant, KeyOwner, Conversation } from '../model/conversation';
import type { ListQuery } from '../model/query';
import type { JsonObject } from '../model/json';
import type { Transcript, Turn } from '../model/transcript';
import type { Event } from '../util/event';
import type { PageEnvelope, PageRequest } from './paging/paging';
import type { RejectedRow } from './rejectedRows';

/** What the user looks at goes before what runs beside it. */
export type Priority = 'visible' | 'background';

export interface RequestOptions {
  readonly signal: AbortSignal;
  /** `visible` where not given. */
  readonly priority?: Priority;
}

/** Of what is written, which nothing takes back once it is out. */
export interface WriteOptions extends RequestOptions {
  /** Heeded only while the request waits for its turn, as for the rate limit. */
  readonly untilSent?: AbortSignal;
}

/** One page of the list, decoded. */
export interface ConversationPage {
  readonly rows: readonly Conversation[];
  /** Rows of this page that could not be understood. */
  readonly rejected: readonly RejectedRow[];
  /** What the answer says of itself, in the style that it speaks. */
  readonly envelope: PageEnvelope;
}

/** What a test conversation is begun with. */
export interface NewConversation {
  /** The assistant's UUID, as rows carry it. */
  readonly assistantUuid: string;
  readonly variables: JsonObject | undefined;
}

export interface CreatedConversation {
  readonly id: string;
  /** What was said so far: the assistant's opening message, if it has one. */
  readonly turns: readonly Turn[];
}

/**
 * Why requests wait:
 * - `ownBudget`: the client has sent as many as it does in a minute; the server has asked for nothing
 * - `rateLimit`: the server's rate limit
 * - `unavailable`: the server is in maintenance or overloaded (5xx), and said when to come back
 */
export type WaitCause = 'ownBudget' | 'rateLimit' | 'unavailable';

/** The client's wait; `undefined` when nothing waits. `until` is in epoch milliseconds. */
export interface RateLimitWait {
  readonly until: number;
  readonly cause: WaitCause;
}

/** The platform's API for one account. Every method rejects with an `ApiError` and nothing else. */
export interface ConversationsApi {
  /** Scheme, host and port that requests go to. */
  readonly origin: string;
  /** Where requests go, without a slash at its end. */
  readonly baseUrl: string;

  /** `GET /user/conversations`. Safe to repeat: retried. */
  listConversations(query: ListQuery, page: PageRequest, options: RequestOptions): Promise<ConversationPage>;
  /** `GET /conversations/{id}`. */
  getTranscript(id: string, options: RequestOptions): Promise<Transcript>;
  /** `GET /user/assistants/get`, all of its pages. */
  listAssistants(options: RequestOptions): Promise<readonly Assistant[]>;
  /** `GET /user/me`. */
  getKeyOwner(options: RequestOptions): Promise<KeyOwner>;

  /** `POST /conversations`, of type `test` always. Sent once, never again by itself; given at least 90 seconds. */
  createTestConversation(conversation: NewConversation, options: WriteOptions): Promise<CreatedConversation>;
  /**
   * `POST /conversations/{id}/messages`: the assistant's answer, undefined where it gave none. Sent once, never again by
   * itself; given at least 90 seconds. Which conversations may be written to is for the caller to know.
   */
  sendMessage(id: string, message: string, options: WriteOptions): Promise<Turn | undefined>;

  readonly rateLimitWait: RateLimitWait | undefined;
  readonly onDidChangeRateLimitWait: Event<RateLimitWait | undefined>;
  /** Fails whatever waits, with the error it was told to wait with, or else with kind `rateLimited`. */
  cancelRateLimitWait(): void;

  dispose(): void;
}
