/** A number that JavaScript would round or spell differently; see `ExactNumber`. */
export interface SentNumber {
  readonly source: string;
  toJSON(): string;
  toString(): string;
}

export type JsonValue = string | number | SentNumber | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
/** Use `entriesOf` if duplicate fields matter. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
