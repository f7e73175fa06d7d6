export interface RateLimits {
  readonly maxInFlight: number;
  /** Requests that may start within `windowMs`. */
  readonly budget: number;
  /** Requests of the budget that are reserved for visible work. */
  readonly reserved: number;
  readonly windowMs: number;
  /** Shorter waits aren't published. */
  readonly minPublishedWaitMs: number;
}

/** The server's limit for `per_page`. */
export const maxPageSize = 100;

/** Concurrent requests to the server; more callers than this only queue. */
export const maxInFlight = 4;

export const defaultRateLimits: RateLimits = {
  maxInFlight,
  budget: 50,
  reserved: 10,
  windowMs: 60_000,
  minPublishedWaitMs: 1000,
};

/** Background requests per minute. */
export const backgroundBudget = defaultRateLimits.budget - defaultRateLimits.reserved;

export interface ExpectedWork {
  readonly conversations: number;
  /** Whether the list must be loaded too. */
  readonly includesList: boolean;
  readonly includesTranscripts: boolean;
}

/**
 * Returns the minimum number of minutes that the work waits for the budget; 0 if it doesn't wait.
 * @param budget requests per minute
 */
export function estimateMinutes(
  { conversations, includesList, includesTranscripts }: ExpectedWork,
  budget: number,
): number {
  const requests =
    (includesList ? Math.ceil(conversations / maxPageSize) : 0) + (includesTranscripts ? conversations : 0);
  return Math.max(0, Math.ceil(requests / budget) - 1);
}
