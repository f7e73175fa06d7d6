import type { Assistant, KeyOwner, Conversation } from '../model/conversation';
import type { ListQuery } from '../model/query';
import type { JsonObject } from '../model/json';
import type { Transcript, Turn } from '../model/transcript';
import type { Event } from '../util/event';
import type { PageEnvelope, PageRequest } from './paging/paging';
import type { RejectedRow } from './rejectedRows';

/** Visible requests go first; background ones run alongside. */
export type Priority = 'visible' | 'background';

export interface RequestOptions {
  readonly signal: AbortSignal;
  /** Defaults to `visible`. */
  readonly priority?: Priority;
}

/** For requests that write, which can't be undone once sent. */
export interface WriteOptions extends RequestOptions {
  /** Applies only while the request is queued, for example because of the rate limit. */
  readonly untilSent?: AbortSignal;
  /** Called when the request leaves the queue, so that its duration doesn't include the rate limit. */
  readonly onSend?: () => void;
}

export interface ConversationPage {
  readonly rows: readonly Conversation[];
  /** Rows that couldn't be decoded. */
  readonly rejected: readonly RejectedRow[];
  /** The paging data of the response, in its own style. */
  readonly envelope: PageEnvelope;
}

export interface NewConversation {
  /** The assistant's UUID, as in rows. */
  readonly assistantUuid: string;
  readonly variables: JsonObject | undefined;
}

export interface CreatedConversation {
  readonly id: string;
  /** The messages so far: the assistant's opening message, if it has one. */
  readonly turns: readonly Turn[];
}

/**
 * Why requests wait:
 * - `ownBudget`: the client has used its own requests per minute; the server hasn't asked to wait
 * - `rateLimit`: the server's rate limit
 * - `unavailable`: the server is in maintenance or overloaded (5xx) and named a time to retry
 */
export type WaitCause = 'ownBudget' | 'rateLimit' | 'unavailable';

/** A wait of the client. `until` is in epoch milliseconds. */
export interface RateLimitWait {
  readonly until: number;
  readonly cause: WaitCause;
}

/** The platform's API for one account. Methods reject only with `ApiError`. */
export interface ConversationsApi {
  /** Scheme, host, and port of all requests. */
  readonly origin: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;

  /** `GET /user/conversations`. Retried, because it is safe to repeat. */
  listConversations(query: ListQuery, page: PageRequest, options: RequestOptions): Promise<ConversationPage>;
  /** `GET /conversations/{id}`. */
  getTranscript(id: string, options: RequestOptions): Promise<Transcript>;
  /** `GET /user/assistants/get`, all pages. */
  listAssistants(options: RequestOptions): Promise<readonly Assistant[]>;
  /** `GET /user/me`. */
  getKeyOwner(options: RequestOptions): Promise<KeyOwner>;

  /** `POST /conversations`, always of type `test`. Never retried; the timeout is at least 90 seconds. */
  createTestConversation(conversation: NewConversation, options: WriteOptions): Promise<CreatedConversation>;
  /**
   * `POST /conversations/{id}/messages`: returns the reply, or undefined if there is none. Never retried; the timeout
   * is at least 90 seconds. The caller must ensure that messages may be sent to the conversation.
   */
  sendMessage(id: string, message: string, options: WriteOptions): Promise<Turn | undefined>;

  readonly rateLimitWait: RateLimitWait | undefined;
  readonly onDidChangeRateLimitWait: Event<RateLimitWait | undefined>;
  /** Fails queued requests with the error that made them wait, or with kind `rateLimited`. */
  cancelRateLimitWait(): void;

  dispose(): void;
}
