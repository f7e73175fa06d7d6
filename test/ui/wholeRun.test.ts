import assert from 'node:assert/strict';
import { keysOfTheRun, lookForKeysIn, takeKeys } from '../support/canaryKeys';
import { testResults } from '../support/host';
import { endSharedVsCode } from '../support/ui/sharedVsCode';

// The last of the files, by name and where each runs by itself: what ran before it has been looked through, window by window and profile by profile.
describe('The whole run', () => {
  it('has left no key in a file, a log, a console, a page, a state, a request or the clipboard', async function () {
    await endSharedVsCode();
    takeKeys();
    if (keysOfTheRun.profiles === 0) this.skip();
    await lookForKeysIn(testResults);
    assert.ok(keysOfTheRun.secrets.size > 0, 'keys were used');
    assert.deepEqual([...new Set(keysOfTheRun.found)], []);
  });
});
