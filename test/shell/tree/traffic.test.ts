import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, it } from 'mocha';
import type { GroupNode, TreeNode } from '../../../src/core/view/treeNodes';
import { Traffic } from '../../../src/shell/tree/treeRefresh';

const type = (name: string): GroupNode => ({
  kind: 'group',
  id: name,
  list: name,
  path: [{ by: 'type', type: name }],
  parent: undefined,
});
const test = type('test');
const widget = type('widget');
const clinic: GroupNode = {
  ...test,
  id: 'test/clinic',
  path: [...test.path, { by: 'assistant', assistantId: 'clinic' }],
  parent: test,
};

describe('what goes between VS Code’s window and the tree', () => {
  let trips: (() => void)[];
  let traffic: Traffic;
  beforeEach(() => {
    trips = [];
    traffic = new Traffic(() => new Promise((resolve) => void trips.push(resolve)));
  });

  /** The window answers what was sent to it so far. */
  async function answer(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      const trip = trips.shift();
      assert.ok(trip, `nothing was sent a ${count + 1}th time`);
      trip();
      await turn();
    }
  }

  /** Children that are there when the test says so. */
  function ask(node: TreeNode | undefined): { arrive(): Promise<void> } {
    let arrive = (): void => undefined;
    const children = traffic.run(node, () => new Promise((resolve) => (arrive = () => resolve([]))));
    return {
      async arrive() {
        arrive();
        await children;
        await turn();
      },
    };
  }

  it('waits within a node, its parents and the whole until the window has had the time to ask for more', async () => {
    const asked = ask(clinic);
    assert.deepEqual(
      [clinic, test, widget].map((node) => traffic.isWaitingWithin(node)),
      [true, true, false],
    );
    await asked.arrive();
    assert.equal(traffic.isWaiting, true, 'the window has not taken it in');
    await answer(4);
    // It was asked before the children were there: once more.
    await answer(4);
    assert.deepEqual(
      [traffic.isWaiting, traffic.isWaitingWithin(test), traffic.caughtUp, trips.length],
      [false, false, undefined, 0],
    );
  });

  it('keeps everybody waiting while the window takes in what a listener refreshed at once', async () => {
    let refreshes = 1;
    traffic.onDidCatchUp(() => {
      if (refreshes === 0) return;
      refreshes -= 1;
      traffic.asked();
    });
    traffic.asked();
    let isCaughtUp = false;
    void traffic.caughtUp?.then(() => (isCaughtUp = true));
    await answer(4);
    assert.deepEqual([isCaughtUp, traffic.caughtUp === undefined], [false, false]);
    await answer(4);
    assert.deepEqual([isCaughtUp, traffic.caughtUp], [true, undefined]);
  });

  it('goes on as long as the window asks', async () => {
    traffic.asked();
    const caughtUp = traffic.caughtUp;
    await answer(2);
    traffic.asked();
    await answer(2);
    assert.equal(traffic.caughtUp, caughtUp);
    await answer(4);
    assert.equal(traffic.caughtUp, undefined);
    await caughtUp;
  });

  it('waits with one answer for those that VS Code waits for with it', async () => {
    const first = ask(test);
    await first.arrive();
    const second = ask(widget);
    await answer(8);
    assert.deepEqual(
      [traffic.isWaitingWithin(test), traffic.caughtUp],
      [true, undefined],
      'no request is waited for by commands',
    );
    await second.arrive();
    await answer(4);
    assert.deepEqual([traffic.isWaitingWithin(test), traffic.isWaitingWithin(widget)], [false, false]);
  });

  it('waits for none that was asked for later', async () => {
    const first = ask(test);
    await first.arrive();
    await answer(8);
    const second = ask(widget);
    assert.deepEqual([traffic.isWaitingWithin(test), traffic.isWaitingWithin(widget)], [false, true]);
    await second.arrive();
  });

  it('answers at once with 1,000 groups asked for one after the other', async () => {
    const days = Array.from({ length: 1000 }, (_, index): GroupNode => ({ ...test, id: `day/${index}` }));
    for (const day of days) await ask(day).arrive();
    assert.deepEqual([traffic.isWaitingWithin(days[999] as GroupNode), traffic.isWaitingWithin(test)], [true, false]);
    const last = ask(widget);
    await answer(8);
    assert.equal(traffic.isWaitingWithin(days[0] as GroupNode), true, 'VS Code may wait for all of them in one batch');
    await last.arrive();
    await answer(4);
    assert.deepEqual([traffic.isWaiting, ...days.map((day) => traffic.isWaitingWithin(day))].filter(Boolean), []);
  });

  it('tells each time that there is nothing more to take in, also after a failure', async () => {
    let times = 0;
    traffic.onDidCatchUp(() => void (times += 1));
    await assert.rejects(
      traffic.run(test, () => Promise.reject(new Error('no children'))),
      /no children/,
    );
    await turn();
    await answer(8);
    assert.deepEqual([times, traffic.isWaiting], [1, false]);
  });
});
