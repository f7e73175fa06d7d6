import * as v from 'valibot';

/** What one field of an answer may be. Each takes the forms that the platform's variants send for one meaning. */

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));

export const text = v.string();

/** Text, or a number where text is meant: an identifier, a phone. */
export const words = v.union([v.string(), v.pipe(v.number(), v.transform(String))]);

/** An id is opaque. A number is tolerated where it can be written back without loss. */
export const id = v.union([
  v.pipe(
    v.string(),
    v.check((value) => value.trim() !== ''),
  ),
  v.pipe(v.number(), v.safeInteger(), v.transform(String)),
]);

/** A count or a page number; also `"12"`. */
export const count = v.union([wholeNumber, v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), wholeNumber)]);

/** Money. A decimal string keeps its digits. */
export const amount = v.union([v.number(), v.pipe(v.string(), v.regex(decimal))]);

/** `true`, `1` and `"1"`; `false`, `0` and `"0"`. */
export const flag = v.union([
  v.boolean(),
  v.pipe(
    v.picklist([0, 1, '0', '1', 'true', 'false']),
    v.transform((value) => value === 1 || value === '1' || value === 'true'),
  ),
]);
