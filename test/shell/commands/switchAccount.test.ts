import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { switchAccount } from '../../../src/shell/commands/account';
import { describeAccount } from '../../../src/shell/session/account';
import type { Session } from '../../../src/shell/session/session';
import { eventually } from '../../support/workbench/eventually';
import { quickPicks } from '../../support/vscodeStub';

describe('Switch Account', () => {
  it('updates its list a few times while it checks many keys, not once per key', async () => {
    const list = Array.from({ length: 300 }, (_, index) => describeAccount(`${index}`, `https://a${index}.test`));
    let checkCount = 0;
    const session = {
      accounts: { list },
      state: { kind: 'account' },
      account: list[0],
      async keyStatus() {
        // Each check takes a different time.
        for (let turns = (checkCount += 1); turns > 0; turns -= 1) await setImmediate();
        return 'keyring';
      },
    } as unknown as Session;
    const done = switchAccount(session);
    const [box] = quickPicks;
    assert.ok(box !== undefined);
    assert.equal(box.items.length, list.length + 3);
    await eventually(() => assert.equal(box.busy, false));
    assert.ok(box.items.slice(0, list.length).every(({ detail }) => detail === 'API key saved'));
    assert.ok(box.timesFilled < list.length / 2, `${box.timesFilled}`);
    box.hide();
    await done;
  });
});
