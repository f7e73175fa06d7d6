import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import type { ListSnapshot, ListState } from '../../../src/core/store/snapshot';
import { LongWork } from '../../../src/shell/tree/longWork';
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
    barren: 0,
  },
});
const busy: ListState = { kind: 'busy', work: 'more' };
const ready: ListState = { kind: 'ready' };

describe('Work of a list', () => {
  let clock: ManualClock;
  let resumed: number;
  let work: LongWork;

  beforeEach(() => {
    clock = new ManualClock();
    resumed = 0;
    work = new LongWork(clock, () => void (resumed += 1));
  });

  it('is not told of while it may be over in a moment, and is then', async () => {
    work.look([list('test', busy)]);
    await clock.advance(149);
    assert.deepEqual([work.isLong('test'), resumed], [false, 0]);
    await clock.advance(1);
    assert.deepEqual([work.isLong('test'), resumed], [true, 1]);
  });

  it('is never told of where it was over before', async () => {
    work.look([list('test', busy)]);
    await clock.advance(100);
    work.look([list('test', ready)]);
    await clock.advance(1000);
    assert.deepEqual([work.isLong('test'), resumed, clock.pending], [false, 0, 0]);
  });

  it('is told of at once where its row tells of a failure', () => {
    work.look([list('test', { kind: 'failed', work: 'more', error: new ApiError({ kind: 'network', origin: '' }) })]);
    work.look([list('test', busy)]);
    assert.equal(work.isLong('test'), true);
  });

  it('is measured for each list by itself', async () => {
    work.look([list('test', busy)]);
    await clock.advance(100);
    work.look([list('test', busy), list('widget', busy)]);
    await clock.advance(50);
    assert.deepEqual([work.isLong('test'), work.isLong('widget'), resumed], [true, false, 1]);
    work.look([list('test', busy), list('widget', busy)]);
    await clock.advance(100);
    assert.deepEqual([work.isLong('widget'), resumed], [true, 2]);
  });

  it('calls nobody after its end', async () => {
    work.look([list('test', busy)]);
    work.dispose();
    await clock.advance(1000);
    assert.equal(resumed, 0);
  });
});
