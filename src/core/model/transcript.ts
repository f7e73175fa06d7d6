import type { Party } from './conversation';
import type { JsonObject, JsonValue } from './json';

/** A tool call within a turn. Fields are undefined if they weren't sent. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: JsonValue | undefined;
  readonly result: JsonValue | undefined;
}

/** One message. It has no ID or time on the platform: its index identifies it. */
export interface Turn {
  /** `assistant`, `user`, `system`, or any other role that the server sends. */
  readonly role: string;
  /** Empty if the turn only called tools. */
  readonly content: string;
  readonly functionCalls: readonly FunctionCall[];
}

/** Turns, oldest first, from `GET /conversations/{id}`. */
export interface Transcript {
  readonly turns: readonly Turn[];
  /** Number of history entries that couldn't be decoded; `raw` contains them. */
  readonly rejected: number;
  readonly variables: JsonObject | undefined;
  readonly externalIdentifier: string | undefined;
  readonly whatsappSender: Party | undefined;
  readonly customer: Party | undefined;
  /** The response body as sent. */
  readonly raw: JsonValue;
}
