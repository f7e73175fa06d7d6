import { toVisibleLine } from './title';

type Cost = number | string | undefined;

/** Returns USD as a number; 0 if no valid amount was sent. */
export function parseCost(cost: Cost): number {
  const amount = Number(cost ?? 0);
  return Number.isFinite(amount) ? amount : 0;
}

/** "6.6¢" under $1, with two significant digits, else "$12.50"; exact costs are in the tooltip. @param cost a valid amount */
export function formatShortDollars(cost: number | string): string {
  const amount = Math.abs(Number(cost));
  const sign = Number(cost) < 0 ? '-' : '';
  const cents = Number((100 * amount).toPrecision(2));
  if (cents < 0.01) return `${sign}<0.01¢`;
  if (cents < 100) return `${sign}${cents}¢`;
  // Larger numbers have an exponent.
  return amount < 1e15 ? `${sign}$${amount.toFixed(2)}` : formatDollars(cost);
}

const decimalNumber = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/**
 * Formats "$0.0128", "$12.50", "-$1.50", "$0.00": exact, with at least two decimals. Text that isn't an amount is
 * returned as sent.
 */
export function formatDollars(cost: number | string): string {
  const sent = toVisibleLine(String(cost)).trim();
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = decimalNumber.exec(sent) ?? [];
  const value = Number(sent);
  if (whole + fraction === '' || !Number.isFinite(value)) return sent;
  // Also limits the exponent, because a string can contain any.
  if (value === 0) return '$0.00';
  const digits = '0'.repeat(Math.max(0, -Number(exponent))) + whole + fraction.padEnd(Number(exponent), '0');
  const point = Math.max(0, -Number(exponent)) + whole.length + Number(exponent);
  const dollars = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const cents = digits.slice(point).replace(/0+$/, '').padEnd(2, '0');
  return `${sign === '-' ? '-' : ''}$${dollars}.${cents}`;
}

/** Returns a decimal string as sent, and a number with all digits and no exponent. */
export function formatCostDigits(cost: Cost): string | undefined {
  if (cost === undefined) return undefined;
  if (typeof cost === 'string') return cost;
  return expandExponent(String(cost));
}

function expandExponent(digits: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(digits) ?? [];
  if (exponent === undefined) return digits;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(shift, '0')}`;
}
