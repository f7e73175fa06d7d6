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

describe("tracker of the window's tree requests", () => {
  let trips: (() => void)[];
  let tracker: Traffic;
  beforeEach(() => {
    trips = [];
    tracker = new Traffic(() => new Promise((resolve) => void trips.push(resolve)));
  });

  /** Completes round trips to the window. */
  async function completeTrips(times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      const trip = trips.shift();
      assert.ok(trip, `round trip ${count + 1} was not sent`);
      trip();
      await turn();
    }
  }

  /** Requests children; the test decides when they arrive. */
  function requestChildren(node: TreeNode | undefined): { arrive(): Promise<void> } {
    let arrive = (): void => undefined;
    const children = tracker.run(node, () => new Promise((resolve) => (arrive = () => resolve([]))));
    return {
      async arrive() {
        arrive();
        await children;
        await turn();
      },
    };
  }

  it('waits for a node, its ancestors and the tree until the window has had time to request more', async () => {
    const request = requestChildren(clinic);
    assert.deepEqual(
      [clinic, test, widget].map((node) => tracker.isWaitingWithin(node)),
      [true, true, false],
    );
    await request.arrive();
    assert.equal(tracker.isWaiting, true, "the window hasn't processed the children");
    await completeTrips(4);
    // These round trips began before the children arrived, so they are repeated.
    await completeTrips(4);
    assert.deepEqual(
      [tracker.isWaiting, tracker.isWaitingWithin(test), tracker.caughtUp, trips.length],
      [false, false, undefined, 0],
    );
  });

  it('keeps waiting while the window processes a refresh by a listener', async () => {
    let refreshes = 1;
    tracker.onDidCatchUp(() => {
      if (refreshes === 0) return;
      refreshes -= 1;
      tracker.asked();
    });
    tracker.asked();
    let isCaughtUp = false;
    void tracker.caughtUp?.then(() => (isCaughtUp = true));
    await completeTrips(4);
    assert.deepEqual([isCaughtUp, tracker.caughtUp === undefined], [false, false]);
    await completeTrips(4);
    assert.deepEqual([isCaughtUp, tracker.caughtUp], [true, undefined]);
  });

  it('keeps waiting as long as the window sends requests', async () => {
    tracker.asked();
    const caughtUp = tracker.caughtUp;
    await completeTrips(2);
    tracker.asked();
    await completeTrips(2);
    assert.equal(tracker.caughtUp, caughtUp);
    await completeTrips(4);
    assert.equal(tracker.caughtUp, undefined);
    await caughtUp;
  });

  it('waits for a finished node as long as another request of its batch is pending', async () => {
    const first = requestChildren(test);
    await first.arrive();
    const second = requestChildren(widget);
    await completeTrips(8);
    assert.deepEqual(
      [tracker.isWaitingWithin(test), tracker.caughtUp],
      [true, undefined],
      "commands don't wait for a request",
    );
    await second.arrive();
    await completeTrips(4);
    assert.deepEqual([tracker.isWaitingWithin(test), tracker.isWaitingWithin(widget)], [false, false]);
  });

  it("doesn't wait for later requests", async () => {
    const first = requestChildren(test);
    await first.arrive();
    await completeTrips(8);
    const second = requestChildren(widget);
    assert.deepEqual([tracker.isWaitingWithin(test), tracker.isWaitingWithin(widget)], [false, true]);
    await second.arrive();
  });

  it('handles 1,000 groups requested one after the other', async () => {
    const days = Array.from({ length: 1000 }, (_, index): GroupNode => ({ ...test, id: `day/${index}` }));
    for (const day of days) await requestChildren(day).arrive();
    assert.deepEqual([tracker.isWaitingWithin(days[999] as GroupNode), tracker.isWaitingWithin(test)], [true, false]);
    const last = requestChildren(widget);
    await completeTrips(8);
    assert.equal(tracker.isWaitingWithin(days[0] as GroupNode), true, 'VS Code may wait for all of them in one batch');
    await last.arrive();
    await completeTrips(4);
    assert.deepEqual([tracker.isWaiting, ...days.map((day) => tracker.isWaitingWithin(day))].filter(Boolean), []);
  });

  it('emits an event each time it settles, even after a failure', async () => {
    let times = 0;
    tracker.onDidCatchUp(() => void (times += 1));
    await assert.rejects(
      tracker.run(test, () => Promise.reject(new Error('no children'))),
      /no children/,
    );
    await turn();
    await completeTrips(8);
    assert.deepEqual([times, tracker.isWaiting], [1, false]);
  });
});
