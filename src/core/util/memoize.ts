/** Memoizes an async factory. A rejection isn't cached. */
export function memoizeAsync<T>(create: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | undefined;
  return () => {
    pending ??= create().catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return pending;
  };
}

/** Memoizes by object identity, for immutable objects. */
export function memoizeWeak<Of extends object, T>(compute: (of: Of) => T): (of: Of) => T {
  const results = new WeakMap<Of, { readonly result: T }>();
  return (of) => {
    let known = results.get(of);
    if (known === undefined) {
      known = { result: compute(of) };
      results.set(of, known);
    }
    return known.result;
  };
}

/** Beyond this many distinct strings, interning no longer pays off. */
const maxInterned = 1000;
const interned = new Map<string, string>();
const internedLists = new Map<string, readonly string[]>();

/** Returns one shared copy of equal strings, so that values repeated in many rows take less memory and compare fast. */
export function intern(text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  if (interned.size >= maxInterned) interned.clear();
  interned.set(text, text);
  return text;
}

/** Like `intern`, for lists such as the field names of a row. */
export function internList(texts: readonly string[]): readonly string[] {
  const key = JSON.stringify(texts);
  const known = internedLists.get(key);
  if (known !== undefined) return known;
  if (internedLists.size >= maxInterned) internedLists.clear();
  internedLists.set(key, texts);
  return texts;
}
