import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind } from '../../../src/core/api/errors';
import { maxUnfocusedMs, type FollowSituation } from '../../../src/core/store/followSchedule';
import { Follower, type PollFailure } from '../../../src/shell/follow/follower';
import { ManualClock, settle } from '../../core/util/manualClock';

const second = 1000;

describe('following', () => {
  let clock: ManualClock;
  let situation: FollowSituation;
  let follower: Follower;
  /** Start of each poll, in seconds. */
  let pollTimes: number[];
  let poll: (signal: AbortSignal) => Promise<PollFailure | undefined>;
  let changeCount: number;

  const createFailure = (kind: ApiErrorKind): PollFailure => ({
    error: new ApiError({ kind, origin: 'https://call.example' }),
    of: 'list',
  });
  const changeSituation = (change: Partial<FollowSituation>): void => {
    situation = { ...situation, ...change };
    follower.reconsider();
  };

  beforeEach(() => {
    clock = new ManualClock();
    const start = clock.now();
    situation = {
      isOn: true,
      isConnected: true,
      requests: 1,
      intervalMs: 10 * second,
      unfocusedSince: undefined,
      waitUntil: undefined,
    };
    pollTimes = [];
    changeCount = 0;
    poll = () => Promise.resolve(undefined);
    follower = new Follower({
      clock,
      random: () => 0.5,
      getSituation: () => situation,
      poll: (signal) => {
        pollTimes.push((clock.now() - start) / second);
        return poll(signal);
      },
    });
    follower.onDidChange(() => (changeCount += 1));
  });
  afterEach(() => follower.dispose());

  it('polls immediately when it is woken, and then once per interval', async () => {
    follower.wake();
    await clock.advance(35 * second);
    assert.deepEqual(pollTimes, [0, 10, 20, 30]);
    assert.equal(changeCount, 0);
  });

  it('sends no request and sets no timer while it is off, hidden or without a key', async () => {
    for (const change of [{ isOn: false }, { requests: 0 }, { isConnected: false }]) {
      situation = { ...situation, ...change };
      follower.wake();
      await clock.advance(3600 * second);
      assert.deepEqual([pollTimes, clock.pending], [[], 0]);
      situation = { ...situation, isOn: true, requests: 1, isConnected: true };
    }
    follower.reconsider();
    await clock.advance(0);
    assert.equal(pollTimes.length, 1);
  });

  it('slows down without focus, stops after half an hour and reports it, and polls immediately with focus', async () => {
    follower.wake();
    await clock.advance(0);
    changeSituation({ unfocusedSince: clock.now() });
    await clock.advance(maxUnfocusedMs);
    assert.equal(pollTimes.length, 60);
    await clock.advance(24 * 3600 * second);
    assert.equal(pollTimes.length, 60);
    assert.deepEqual([follower.state.problem, clock.pending], ['away', 0]);
    situation = { ...situation, unfocusedSince: undefined };
    follower.wake();
    await clock.advance(0);
    assert.equal(pollTimes.length, 61);
    assert.equal(follower.state.problem, undefined);
  });

  it('polls once at a time', async () => {
    let end = (): void => undefined;
    poll = () => new Promise((resolve) => (end = () => resolve(undefined)));
    follower.wake();
    await clock.advance(60 * second);
    follower.wake();
    await clock.advance(60 * second);
    assert.deepEqual(pollTimes, [0]);
    end();
    await settle();
    await clock.advance(0);
    assert.deepEqual(pollTimes, [0, 120]);
  });

  it('cancels a poll when it is hidden, and ignores its result', async () => {
    const signals: AbortSignal[] = [];
    let end = (): void => undefined;
    poll = (signal) => {
      signals.push(signal);
      return new Promise((resolve) => (end = () => resolve(createFailure('server'))));
    };
    follower.wake();
    await clock.advance(0);
    changeSituation({ requests: 0 });
    assert.equal(signals[0]?.aborted, true);
    end();
    await settle();
    changeSituation({ requests: 1 });
    await clock.advance(10 * second);
    assert.deepEqual(pollTimes, [0, 10]);
  });

  it('backs off after failures, reports them from the third on, and recovers after a success', async () => {
    poll = () => Promise.resolve(createFailure('server'));
    follower.wake();
    await clock.advance(20 * second);
    assert.deepEqual([pollTimes, follower.state.problem], [[0, 20], undefined]);
    await clock.advance(40 * second);
    assert.deepEqual([pollTimes, follower.state.problem], [[0, 20, 60], 'failing']);
    assert.equal(follower.state.failure?.error.kind, 'server');
    poll = () => Promise.resolve(undefined);
    await clock.advance(80 * second);
    assert.deepEqual(follower.state, { problem: undefined, failure: undefined });
    await clock.advance(10 * second);
    assert.deepEqual(pollTimes, [0, 20, 60, 140, 150]);
  });

  it('stops and reports it if the key is refused, and continues with another account', async () => {
    poll = () => Promise.resolve(createFailure('unauthorized'));
    follower.wake();
    await clock.advance(3600 * second);
    assert.deepEqual([pollTimes, follower.state.problem, clock.pending], [[0], 'refused', 0]);
    poll = () => Promise.resolve(undefined);
    follower.restart();
    assert.equal(follower.state.problem, undefined);
    await clock.advance(10 * second);
    assert.deepEqual(pollTimes, [0, 3610]);
  });

  it('waits one interval before the first poll of another account', async () => {
    follower.restart();
    await clock.advance(9 * second);
    assert.deepEqual(pollTimes, []);
    await clock.advance(second);
    assert.deepEqual(pollTimes, [10]);
  });

  it('stops when it is disposed', async () => {
    follower.wake();
    follower.dispose();
    await clock.advance(3600 * second);
    assert.deepEqual([pollTimes, clock.pending], [[], 0]);
  });
});
