export interface RateLimits {
  readonly maxInFlight: number;
  /** Requests that may start within `windowMs`. */
  readonly budget: number;
  /** How many of them are kept for what the user looks at, whatever runs beside it. */
  readonly reserved: number;
  readonly windowMs: number;
  /** A wait is told from this length on, in milliseconds. */
  readonly minPublishedWaitMs: number;
}

/** The server's limit on `per_page`. */
export const maxPageSize = 100;

/** Requests that the server is sent at a time: more work than that at once only waits. */
export const maxInFlight = 4;

export const defaultRateLimits: RateLimits = {
  maxInFlight,
  budget: 50,
  reserved: 10,
  windowMs: 60_000,
  minPublishedWaitMs: 1000,
};

/** Requests a minute for what runs beside what the user looks at. */
export const backgroundBudget = defaultRateLimits.budget - defaultRateLimits.reserved;

export interface ExpectedWork {
  readonly conversations: number;
  /** The list has to be read as well. */
  readonly includesList: boolean;
  readonly includesTranscripts: boolean;
}

/** Minutes that the work waits for the budget of requests at the least; 0 where it lets all of them through at once. @param budget requests a minute */
export function estimateMinutes(
  { conversations, includesList: listed, includesTranscripts: transcripts }: ExpectedWork,
  budget: number,
): number {
  const requests = (listed ? Math.ceil(conversations / maxPageSize) : 0) + (transcripts ? conversations : 0);
  return Math.max(0, Math.ceil(requests / budget) - 1);
}
