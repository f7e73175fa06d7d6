import assert from 'node:assert/strict';
import { runFindings, lookForKeysIn, takeOver } from '../support/runFindings';
import { testResults } from '../support/host';
import { endSharedVsCode } from '../support/ui/sharedVsCode';

// The last of the files, by name and where each runs by itself: what ran before it has been looked through, window by window and profile by profile.
describe('The whole run', () => {
  before(async () => {
    await endSharedVsCode();
    takeOver();
  });

  it('has let no failure of the extension go that nobody caught', function () {
    if (runFindings.profiles === 0) this.skip();
    assert.deepEqual(runFindings.unhandled, []);
  });

  it('has left no key in a file, a log, a console, a page, a state, a request or the clipboard', async function () {
    if (runFindings.profiles === 0) this.skip();
    await lookForKeysIn(testResults);
    assert.ok(runFindings.secrets.size > 0, 'keys were used');
    assert.deepEqual([...new Set(runFindings.found)], []);
  });
});
