/** A number that JavaScript would round or spell in another way, as sent: an `ExactNumber`. */
export interface SentNumber {
  readonly source: string;
  toJSON(): string;
  toString(): string;
}

/** A value as JSON carries it. */
export type JsonValue = string | number | SentNumber | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
/** Where all fields count, read them with `entriesOf`: a name may have been sent twice. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
