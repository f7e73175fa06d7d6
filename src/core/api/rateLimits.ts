export interface RateLimits {
  readonly maxInFlight: number;
  /** Requests that may start within `windowMs`. */
  readonly budget: number;
  /** How many of them are kept for what the user looks at, whatever runs beside it. */
  readonly reserved: number;
  readonly windowMs: number;
  /** A wait is told from this length on, in milliseconds. */
  readonly tellAfterMs: number;
}

export const defaultRateLimits: RateLimits = {
  maxInFlight: 4,
  budget: 50,
  reserved: 10,
  windowMs: 60_000,
  tellAfterMs: 1000,
};

/** Requests a minute for what runs beside what the user looks at. */
export const backgroundBudget = defaultRateLimits.budget - defaultRateLimits.reserved;
