import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { GroupNode, TreeNode } from '../../../src/core/view/treeNodes';
import { FetchTracker } from '../../../src/shell/tree/treeRefresh';

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
  let tracker: FetchTracker;
  beforeEach(() => {
    trips = [];
    tracker = new FetchTracker(() => new Promise((resolve) => void trips.push(resolve)));
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
    const children = tracker.track(node, () => new Promise((resolve) => (arrive = () => resolve([]))));
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
      [clinic, test, widget].map((node) => tracker.isPendingWithin(node)),
      [true, true, false],
    );
    await request.arrive();
    assert.equal(tracker.isPending, true, "the window hasn't processed the children");
    await completeTrips(4);
    // These round trips began before the children arrived, so they are repeated.
    await completeTrips(4);
    assert.deepEqual(
      [tracker.isPending, tracker.isPendingWithin(test), tracker.whenSettled, trips.length],
      [false, false, undefined, 0],
    );
  });

  it('keeps waiting while the window processes a refresh by a listener', async () => {
    let refreshes = 1;
    tracker.onDidSettle(() => {
      if (refreshes === 0) return;
      refreshes -= 1;
      tracker.noteRequest();
    });
    tracker.noteRequest();
    let isSettled = false;
    void tracker.whenSettled?.then(() => (isSettled = true));
    await completeTrips(4);
    assert.deepEqual([isSettled, tracker.whenSettled === undefined], [false, false]);
    await completeTrips(4);
    assert.deepEqual([isSettled, tracker.whenSettled], [true, undefined]);
  });

  it('keeps waiting as long as the window sends requests', async () => {
    tracker.noteRequest();
    const settled = tracker.whenSettled;
    await completeTrips(2);
    tracker.noteRequest();
    await completeTrips(2);
    assert.equal(tracker.whenSettled, settled);
    await completeTrips(4);
    assert.equal(tracker.whenSettled, undefined);
    await settled;
  });

  it('waits for a finished node as long as another request of its batch is pending', async () => {
    const first = requestChildren(test);
    await first.arrive();
    const second = requestChildren(widget);
    await completeTrips(8);
    assert.deepEqual(
      [tracker.isPendingWithin(test), tracker.whenSettled],
      [true, undefined],
      "commands don't wait for a request",
    );
    await second.arrive();
    await completeTrips(4);
    assert.deepEqual([tracker.isPendingWithin(test), tracker.isPendingWithin(widget)], [false, false]);
  });

  it("doesn't wait for later requests", async () => {
    const first = requestChildren(test);
    await first.arrive();
    await completeTrips(8);
    const second = requestChildren(widget);
    assert.deepEqual([tracker.isPendingWithin(test), tracker.isPendingWithin(widget)], [false, true]);
    await second.arrive();
  });

  it('handles 1,000 groups requested one after the other', async () => {
    const days = Array.from({ length: 1000 }, (_, index): GroupNode => ({ ...test, id: `day/${index}` }));
    for (const day of days) await requestChildren(day).arrive();
    assert.deepEqual([tracker.isPendingWithin(days[999] as GroupNode), tracker.isPendingWithin(test)], [true, false]);
    const last = requestChildren(widget);
    await completeTrips(8);
    assert.equal(tracker.isPendingWithin(days[0] as GroupNode), true, 'VS Code may wait for all of them in one batch');
    await last.arrive();
    await completeTrips(4);
    assert.deepEqual([tracker.isPending, ...days.map((day) => tracker.isPendingWithin(day))].filter(Boolean), []);
  });

  it('emits an event each time it settles, even after a failure', async () => {
    let times = 0;
    tracker.onDidSettle(() => void (times += 1));
    await assert.rejects(
      tracker.track(test, () => Promise.reject(new Error('no children'))),
      /no children/,
    );
    await turn();
    await completeTrips(8);
    assert.deepEqual([times, tracker.isPending], [1, false]);
  });
});
