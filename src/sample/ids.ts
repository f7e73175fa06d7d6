import { hash } from './chance';

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
