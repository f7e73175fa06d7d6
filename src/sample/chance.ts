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
