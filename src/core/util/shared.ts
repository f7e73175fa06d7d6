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
