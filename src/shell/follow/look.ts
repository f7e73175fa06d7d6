import type { ListKey, PollOutcome } from '../../core/store/snapshot';
import type { LookFailure } from './follower';

export interface LookParts {
  /** The list that is followed; undefined where nobody sees what is in it. */
  readonly list: ListKey | undefined;
  readonly pollList: (key: ListKey, signal: AbortSignal) => Promise<PollOutcome>;
  /** Reads each transcript that is on the screen again. */
  readonly pollTranscripts: (signal: AbortSignal) => Promise<readonly PollOutcome[]>;
}

/** One look at what is followed: a request for the list, and one for each transcript on the screen. */
export async function look(
  { list, pollList, pollTranscripts }: LookParts,
  signal: AbortSignal,
): Promise<LookFailure | undefined> {
  const [ofList, ofTranscripts] = await Promise.all([
    list === undefined ? undefined : pollList(list, signal),
    pollTranscripts(signal),
  ]);
  if (ofList?.kind === 'failed') return { error: ofList.error, of: 'list' };
  const failed = ofTranscripts.find((outcome) => outcome.kind === 'failed');
  return failed && { error: failed.error, of: 'transcript' };
}
