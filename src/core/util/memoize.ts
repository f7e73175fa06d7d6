/** Does what takes time once, for all who ask for it. Where it fails, whoever asks next has it tried again. */
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

/** Work that is done once for each object, and holds for as long as the object lives: for objects that never change. */
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

/** More different texts than that are not worth looking for: whoever sent them says something else each time. */
const maxInterned = 1000;
const interned = new Map<string, string>();
const internedLists = new Map<string, readonly string[]>();

/**
 * One text in the place of many that say the same: for what many rows have in common. Each answer brings its own copy of it,
 * which takes memory, and time whenever two are compared.
 */
export function intern(text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  if (interned.size >= maxInterned) interned.clear();
  interned.set(text, text);
  return text;
}

/** The same for a list of texts, such as the names of a row's fields. */
export function internList(texts: readonly string[]): readonly string[] {
  const key = JSON.stringify(texts);
  const known = internedLists.get(key);
  if (known !== undefined) return known;
  if (internedLists.size >= maxInterned) internedLists.clear();
  internedLists.set(key, texts);
  return texts;
}
