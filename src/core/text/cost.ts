type Cost = number | string | undefined;

/** USD as a number; 0 where nothing sensible was sent. */
export function costAmount(cost: Cost): number {
  const amount = Number(cost ?? 0);
  return Number.isFinite(amount) ? amount : 0;
}

/** The digits that the server sent: a decimal string as it is, a number in full and never as an exponent. */
export function costDigits(cost: Cost): string | undefined {
  if (cost === undefined) return undefined;
  if (typeof cost === 'string') return cost;
  return withoutExponent(String(cost));
}

/** The same digits with the decimal point moved to where the exponent says. */
function withoutExponent(digits: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(digits) ?? [];
  if (exponent === undefined) return digits;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(shift, '0')}`;
}
