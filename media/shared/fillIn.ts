/** Filled in without touching what is filled in: it may hold braces and dollar signs of its own. */
export function fillIn(word: string, fill: readonly (string | number)[]): string {
  return word.replace(/\{(\d+)\}/g, (whole, index: string) => String(fill[Number(index)] ?? whole));
}
