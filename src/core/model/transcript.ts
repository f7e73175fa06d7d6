import type { Party } from './conversation';
import type { JsonObject, JsonValue } from './json';

/** One function that the assistant called within a turn. `undefined` is a field that was not sent. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: JsonValue | undefined;
  readonly result: JsonValue | undefined;
}

/** One message. The platform gives it no id and no time: it is addressed by its index. */
export interface Turn {
  /** `assistant`, `user`, `system`, or whatever else the server says. */
  readonly role: string;
  /** Empty for a turn that only called functions. */
  readonly content: string;
  readonly functionCalls: readonly FunctionCall[];
}

/** What was said, oldest first. Source: `GET /conversations/{id}`. */
export interface Transcript {
  readonly turns: readonly Turn[];
  /** Entries of the history that could not be understood; they are in `raw`. */
  readonly rejected: number;
  readonly variables: JsonObject | undefined;
  readonly externalIdentifier: string | undefined;
  readonly whatsappSender: Party | undefined;
  readonly customer: Party | undefined;
  /** The answer's body as sent. */
  readonly raw: JsonValue;
}
