/** Does what takes time once, for all who ask for it. Where it fails, whoever asks next has it tried again. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let working: Promise<T> | undefined;
  return () => {
    working ??= work().catch((error: unknown) => {
      working = undefined;
      throw error;
    });
    return working;
  };
}

/** Work that is done once for each object, and holds for as long as the object lives: for objects that never change. */
export function perObject<Of extends object, T>(work: (of: Of) => T): (of: Of) => T {
  const done = new WeakMap<Of, { readonly made: T }>();
  return (of) => {
    let known = done.get(of);
    if (known === undefined) {
      known = { made: work(of) };
      done.set(of, known);
    }
    return known.made;
  };
}

/** More different texts than that are not worth looking for: whoever sent them says something else each time. */
const mostKept = 1000;
const kept = new Map<string, string>();
const keptLists = new Map<string, readonly string[]>();

/**
 * One text in the place of many that say the same: for what many rows have in common. Each answer brings its own copy of it,
 * which takes memory, and time whenever two are compared.
 */
export function shared(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  kept.set(text, text);
  return text;
}

/** The same for a list of texts, such as the names of a row's fields. */
export function sharedList(texts: readonly string[]): readonly string[] {
  const key = JSON.stringify(texts);
  const known = keptLists.get(key);
  if (known !== undefined) return known;
  if (keptLists.size >= mostKept) keptLists.clear();
  keptLists.set(key, texts);
  return texts;
}
