/** What was typed as a lower bound: nothing or 0 asks for nothing; what is no number is no bound. */
export type Bound =
  { readonly kind: 'none' } | { readonly kind: 'atLeast'; readonly value: number } | { readonly kind: 'invalid' };

/** A number of messages: digits only. */
export function parseCount(typed: string): Bound {
  const text = typed.trim();
  return /^\d*$/.test(text) ? boundOf(Number(text)) : { kind: 'invalid' };
}

/** An amount of USD, with a point or a comma before its fraction. "1,000" may mean two things, so it means none. */
export function parseAmount(typed: string): Bound {
  const text = typed.trim().replace(/^\$\s*/, '');
  if (text === '') return { kind: 'none' };
  if (!/^(?:\d+(?:[.,]\d+)?|[.,]\d+)$/.test(text) || /^[1-9]\d*,\d{3}$/.test(text)) return { kind: 'invalid' };
  return boundOf(Number(text.replace(',', '.')));
}

function boundOf(value: number): Bound {
  if (value === 0) return { kind: 'none' };
  return value <= Number.MAX_SAFE_INTEGER ? { kind: 'atLeast', value } : { kind: 'invalid' };
}
