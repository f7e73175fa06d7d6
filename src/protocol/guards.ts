/** Tells whether a value that came from the other side has the shape of T. */
export type Guard<T> = (value: unknown) => value is T;

export const isText: Guard<string> = (value) => typeof value === 'string';

export const isFlag: Guard<boolean> = (value) => typeof value === 'boolean';

export const isCount: Guard<number> = (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** What `postMessage` carries is JSON already: a second walk through 200 kB would find nothing else. */
export function isAnything<T>(value: unknown): value is T {
  return value !== undefined;
}

export function isOneOf<const T extends string>(...words: readonly T[]): Guard<T> {
  const known: readonly unknown[] = words;
  return (value): value is T => known.includes(value);
}

export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

/** An object with these fields. Each field of T has to be named; others may be there. */
export function shape<T extends object>(fields: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> {
  const entries = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    entries.every(([name, guard]) =>
      guard(Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined),
    );
}

/** A union told apart by the word in one field; each variant's guard sees the whole object. */
export function variants<Tag extends string, T extends { readonly [K in Tag]: string }>(
  tag: Tag,
  guards: { readonly [Word in T[Tag]]: Guard<Omit<Extract<T, { readonly [K in Tag]: Word }>, Tag>> },
): Guard<T> {
  const byWord = new Map<unknown, Guard<unknown>>(Object.entries<Guard<unknown>>(guards));
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, tag) &&
    byWord.get((value as Record<string, unknown>)[tag])?.(value) === true;
}
