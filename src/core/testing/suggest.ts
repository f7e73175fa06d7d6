/** Words that people know from other test formats or would guess. */
const synonyms: Readonly<Record<string, string>> = {
  vars: 'variables',
  name: 'description',
  title: 'description',
  timezone: 'timeZone',
  zone: 'timeZone',
  agent: 'assistant',
  bot: 'assistant',
  asserts: 'assert',
  assertions: 'assert',
  expect: 'assert',
  validate: 'assert',
  steps: 'turns',
  conversation: 'turns',
  input: 'user',
  message: 'user',
  prompt: 'user',
  expected: 'reference',
  answer: 'reference',
  reply: 'reference',
  arguments: 'args',
  params: 'args',
};

/** Returns the candidate that was probably meant, or undefined if none is similar. */
export function suggest(written: string, candidates: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const synonym = Object.hasOwn(synonyms, lower) ? synonyms[lower] : undefined;
  if (synonym !== undefined && candidates.includes(synonym)) return synonym;
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.ceil(written.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = countEdits(lower, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Returns how many letters to insert, delete, or replace; texts that differ more in length than `limit` give `limit`. */
function countEdits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] as number) + 1, (current[column - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
