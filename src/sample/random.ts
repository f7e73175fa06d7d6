/** A whole number of 32 bits, the same for the same inputs, spread evenly: all chance of the sample comes from here. */
export function hash(...inputs: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const input of inputs) state = mix(state ^ mix(input));
  return state;
}

/** Reversible, so that two numbers never meet in one. */
function mix(value: number): number {
  let mixed = (value + 0x6d2b79f5) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** One of the choices. */
export function pick<T>(choices: readonly T[], chance: number): T {
  const choice = choices[chance % choices.length];
  if (choice === undefined) throw new Error('Nothing to pick from');
  return choice;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/**
 * The id of the conversation of that rank (0 is the newest of the start). UUID-like; the rank is hidden in its end, so that
 * an id among a hundred thousand is found without a table.
 */
export function idOfRank(seed: number, rank: number): string {
  const head = hash(seed, rank);
  const middle = hex(hash(seed, rank, 1));
  const variant = (0x8 | (hash(seed, rank, 2) & 0x3)).toString(16);
  const tail = hex(hash(seed, rank, 3));
  return (
    `${hex(head)}-${middle.slice(0, 4)}-4${middle.slice(4, 7)}-` +
    `${variant}${tail.slice(0, 3)}-${tail.slice(3, 7)}${hex((rank ^ hash(head)) >>> 0)}`
  );
}

/** The rank hidden in an id, for the caller to check: any other id gives some number too. */
export function rankInId(id: string): number {
  return (Number.parseInt(id.slice(-8), 16) ^ hash(Number.parseInt(id.slice(0, 8), 16))) >>> 0;
}
