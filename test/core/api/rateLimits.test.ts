import assert from 'node:assert/strict';
import { estimateMinutes } from '../../../src/core/api/rateLimits';

describe('estimateMinutes', () => {
  it('is the time that its requests take, in whole minutes', () => {
    const minutes = (conversations: number, isListed: boolean, transcripts: boolean): number =>
      estimateMinutes({ conversations, includesList: isListed, includesTranscripts: transcripts }, 50);
    assert.deepEqual(
      [minutes(1000, true, true), minutes(1000, false, true), minutes(1000, true, false), minutes(40, false, true)],
      [20, 19, 0, 0],
    );
  });
});
