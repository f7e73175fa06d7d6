import type { Filter } from '../model/query';
import { isEmpty } from './filter';
import { parseFilter } from './filterParse';

/** A filter that stands in the settings, or why what stands there is none. */
export type CheckedFilter =
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'notAFilter' }
  | { readonly kind: 'empty' }
  /** This part of it is unknown, or can't be what it is: without it, other conversations would be shown than were meant. */
  | { readonly kind: 'badPart'; readonly part: string };

export function checkFilter(value: unknown): CheckedFilter {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'notAFilter' };
  const filter = parseFilter(value);
  const part = lostPart(value, filter);
  if (part !== undefined) return { kind: 'badPart', part };
  return isEmpty(filter) ? { kind: 'empty' } : { kind: 'filter', filter };
}

/** UTF-16 units. */
export const longestName = 80;

/** A name as it is kept; undefined where it can't be one. */
export function savedFilterName(typed: string): string | undefined {
  const name = typed.trim();
  // An object can't be given a field of this name by assigning it.
  return name === '' || name.length > longestName || name === '__proto__' ? undefined : name;
}

/** The path of what reading it has left out. Read filters are two deep. */
function lostPart(value: object, read: object): string | undefined {
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    const kept: unknown = Object.hasOwn(read, name) ? (read as Record<string, unknown>)[name] : undefined;
    if (typeof field === 'object' && field !== null && typeof kept === 'object' && kept !== null) {
      const within = lostPart(field, kept);
      if (within !== undefined) return `${name}.${within}`;
    } else if (field !== kept) return name;
  }
  return undefined;
}
