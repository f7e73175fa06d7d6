import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import type { ListSnapshot, ListState } from '../../../src/core/store/snapshot';
import { BusyIndicatorDelay } from '../../../src/shell/lateProgress';
import { ManualClock } from '../../core/util/manualClock';

const list = (key: string, state: ListState): ListSnapshot => ({
  ...{
    key,
    state,
    query: {},
    read: true,
    hasMore: true,
    mayLackRows: false,
    loaded: 30,
    total: 68,
    rejected: 0,
    rowsWithoutMatch: 0,
  },
});
const busy: ListState = { kind: 'busy', work: 'more' };
const ready: ListState = { kind: 'ready' };

describe('busy indicator of a list', () => {
  let clock: ManualClock;
  let notifications: number;
  let work: BusyIndicatorDelay;

  beforeEach(() => {
    clock = new ManualClock();
    notifications = 0;
    work = new BusyIndicatorDelay(clock, () => void (notifications += 1));
  });

  it('is hidden at first, and shown once the work takes long', async () => {
    work.update([list('test', busy)]);
    await clock.advance(149);
    assert.deepEqual([work.shouldShow('test'), notifications], [false, 0]);
    await clock.advance(1);
    assert.deepEqual([work.shouldShow('test'), notifications], [true, 1]);
  });

  it('is never shown if the work ends before that', async () => {
    work.update([list('test', busy)]);
    await clock.advance(100);
    work.update([list('test', ready)]);
    await clock.advance(1000);
    assert.deepEqual([work.shouldShow('test'), notifications, clock.pending], [false, 0, 0]);
  });

  it('is shown immediately if the row shows a failure', () => {
    work.update([list('test', { kind: 'failed', work: 'more', error: new ApiError({ kind: 'network', origin: '' }) })]);
    work.update([list('test', busy)]);
    assert.equal(work.shouldShow('test'), true);
  });

  it('has a separate delay for each list', async () => {
    work.update([list('test', busy)]);
    await clock.advance(100);
    work.update([list('test', busy), list('widget', busy)]);
    await clock.advance(50);
    assert.deepEqual([work.shouldShow('test'), work.shouldShow('widget'), notifications], [true, false, 1]);
    work.update([list('test', busy), list('widget', busy)]);
    await clock.advance(100);
    assert.deepEqual([work.shouldShow('widget'), notifications], [true, 2]);
  });

  it('emits nothing after it is disposed', async () => {
    work.update([list('test', busy)]);
    work.dispose();
    await clock.advance(1000);
    assert.equal(notifications, 0);
  });
});
