/** How many rows a page of a walk brings on, where the list stands still. */
const rowsOfPage = 100;

export interface ExpectedWork {
  readonly conversations: number;
  /** The list has to be read as well. */
  readonly listed: boolean;
  readonly transcripts: boolean;
}

/** Minutes that the work waits for the budget of requests at the least; 0 where it lets all of them through at once. @param budget requests a minute */
export function expectedMinutes({ conversations, listed, transcripts }: ExpectedWork, budget: number): number {
  const requests = (listed ? Math.ceil(conversations / rowsOfPage) : 0) + (transcripts ? conversations : 0);
  return Math.max(0, Math.ceil(requests / budget) - 1);
}
