/** A 32-bit number, the same for the same inputs, evenly distributed: the sample's only source of randomness. */
export function hash(...inputs: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const input of inputs) state = mix(state ^ mix(input));
  return state;
}

/** Reversible, so that two numbers never collide. */
function mix(value: number): number {
  let mixed = (value + 0x6d2b79f5) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export function pick<T>(choices: readonly T[], chance: number): T {
  const choice = choices[chance % choices.length];
  if (choice === undefined) throw new Error('Nothing to pick from');
  return choice;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/**
 * Returns the ID of the conversation with this rank (0 is the newest at the start). The UUID's end encodes the rank, so that
 * an ID among a hundred thousand is found without a table.
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

/** Returns the rank in an ID. The caller must check it: any other ID gives some number too. */
export function rankInId(id: string): number {
  return (Number.parseInt(id.slice(-8), 16) ^ hash(Number.parseInt(id.slice(0, 8), 16))) >>> 0;
}
