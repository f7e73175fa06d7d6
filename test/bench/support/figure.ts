/** A row of the bench's table. */
export interface Figure {
  readonly what: string;
  /** The method in one sentence. */
  readonly method: string;
  readonly value: Measure;
  /** The measure to compare with, taken in the same run. */
  readonly control: Measure;
  /** Maximum factor of the control. */
  readonly atMost?: number;
  /** Absolute maximum. */
  readonly ceiling?: number;
  /** Exact value, for counts. */
  readonly exactly?: number;
}

export interface Measure {
  readonly amount: number;
  readonly unit: 'ms' | 'B' | 'requests' | 'rows' | 'round trips' | '';
  readonly of?: string;
}

export function getRatio({ value, control }: Figure): number | undefined {
  return control.amount === 0 ? undefined : value.amount / control.amount;
}

export function hasGoal({ atMost, ceiling, exactly }: Figure): boolean {
  return atMost !== undefined || ceiling !== undefined || exactly !== undefined;
}

export function isMet(figure: Figure): boolean {
  const { value, atMost, ceiling, exactly } = figure;
  const ratio = getRatio(figure);
  if (exactly !== undefined && value.amount !== exactly) return false;
  if (ceiling !== undefined && value.amount > ceiling) return false;
  return atMost === undefined || (ratio !== undefined && ratio <= atMost);
}

export function formatGoal({ atMost, ceiling, exactly, value }: Figure): string {
  return [
    atMost === undefined ? '' : `≤ ${atMost} ×`,
    ceiling === undefined ? '' : `≤ ${formatAmount({ ...value, amount: ceiling })}`,
    exactly === undefined ? '' : `= ${exactly}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export function formatAmount({ amount, unit, of }: Measure): string {
  const digits = unit === 'ms' && amount < 100 ? 2 : 0;
  const number = amount.toLocaleString('en-US', { maximumFractionDigits: digits });
  return [number, unit, of === undefined ? '' : `(${of})`].filter((part) => part !== '').join(' ');
}
