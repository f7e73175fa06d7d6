import type { ExactNumber } from '../util/exactJson';

/** A value as JSON carries it. */
export type JsonValue = string | number | ExactNumber | boolean | null | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
/** Where all fields count, read them with `entriesOf`: a name may have been sent twice. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
