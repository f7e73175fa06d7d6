import type { ListKey, PollOutcome } from '../../core/store/snapshot';
import type { Look } from './follower';

export interface LookParts {
  /** The list that is followed; undefined where nobody sees what is in it. */
  readonly list: ListKey | undefined;
  readonly pollList: (key: ListKey, signal: AbortSignal) => Promise<PollOutcome>;
  /** Reads each transcript that is on the screen again. */
  readonly pollTranscripts: (signal: AbortSignal) => Promise<readonly PollOutcome[]>;
}

/** One look at what is followed: a request for the list, and one for each transcript on the screen. */
export async function look({ list, pollList, pollTranscripts }: LookParts, signal: AbortSignal): Promise<Look> {
  const outcomes = await Promise.all([
    list === undefined ? [] : pollList(list, signal).then((outcome) => [outcome]),
    pollTranscripts(signal),
  ]);
  const failed = outcomes.flat().find((outcome) => outcome.kind === 'failed');
  return { error: failed?.kind === 'failed' ? failed.error : undefined };
}
