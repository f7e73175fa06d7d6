import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Conversation } from '../../../src/core/model/conversation';
import { sortNewestFirst, RowOrder } from '../../../src/core/view/rowOrder';

const row = (id: number, minute: number): Conversation =>
  ({
    id: `c${id}`,
    createdAt: minute < 0 ? 'some time' : `2026-11-20 08:${String(minute).padStart(2, '0')}:00`,
  }) as Conversation;
const rows = fc.uniqueArray(fc.record({ id: fc.nat(60), minute: fc.integer({ min: -1, max: 59 }) }), {
  selector: ({ id }) => id,
  maxLength: 60,
});

describe('The order of rows', () => {
  it('is the same whether it was updated or computed from scratch', () => {
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 6 }), fc.boolean(), (steps, isAppending) => {
        const order = new RowOrder();
        let now: readonly Conversation[] = [];
        for (const step of steps) {
          const next = step.map(({ id, minute }) => row(id, minute));
          const added = next.filter(({ id }) => !now.some((each) => each.id === id));
          now = isAppending ? [...now.map((each) => next.find(({ id }) => id === each.id) ?? each), ...added] : next;
          assert.deepEqual(order.sort(now, 'UTC'), sortNewestFirst(now, 'UTC'));
        }
      }),
    );
  });

  it('is reused for the same rows and recomputed for another zone', () => {
    const order = new RowOrder();
    const all = [row(1, 1), row(2, 2)];
    const inUtc = order.sort(all, 'UTC');
    assert.equal(order.sort(all, 'UTC'), inUtc);
    assert.deepEqual(order.sort(all, 'Europe/Berlin'), sortNewestFirst(all, 'Europe/Berlin'));
  });

  it("doesn't change earlier results", () => {
    const order = new RowOrder();
    const before = order.sort([row(1, 1)], 'UTC');
    order.sort([row(1, 1), row(2, 2)], 'UTC');
    assert.equal(before.length, 1);
  });
});
