import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ApiError, type ApiErrorKind } from '../../../src/core/api/errors';
import { maxUnfocusedMs, type FollowSituation } from '../../../src/core/store/followSchedule';
import { Follower, type LookFailure } from '../../../src/shell/follow/follower';
import { ManualClock, settle } from '../../core/util/manualClock';

const second = 1000;

describe('following', () => {
  let clock: ManualClock;
  let situation: FollowSituation;
  let follower: Follower;
  /** When each look began, in seconds from the start. */
  let looks: number[];
  let answer: (signal: AbortSignal) => Promise<LookFailure | undefined>;
  let told: number;

  const failed = (kind: ApiErrorKind): LookFailure => ({
    error: new ApiError({ kind, origin: 'https://call.example' }),
    of: 'list',
  });
  const become = (change: Partial<FollowSituation>): void => {
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
    looks = [];
    told = 0;
    answer = () => Promise.resolve(undefined);
    follower = new Follower({
      clock,
      random: () => 0.5,
      situation: () => situation,
      look: (signal) => {
        looks.push((clock.now() - start) / second);
        return answer(signal);
      },
    });
    follower.onDidChange(() => (told += 1));
  });
  afterEach(() => follower.dispose());

  it('looks at once when it is woken, and then once an interval', async () => {
    follower.wake();
    await clock.advance(35 * second);
    assert.deepEqual(looks, [0, 10, 20, 30]);
    assert.equal(told, 0);
  });

  it('asks for nothing while it is off, hidden or without a key, and sets no timer', async () => {
    for (const change of [{ isOn: false }, { requests: 0 }, { isConnected: false }]) {
      situation = { ...situation, ...change };
      follower.wake();
      await clock.advance(3600 * second);
      assert.deepEqual([looks, clock.pending], [[], 0]);
      situation = { ...situation, isOn: true, requests: 1, isConnected: true };
    }
    follower.reconsider();
    await clock.advance(0);
    assert.equal(looks.length, 1);
  });

  it('goes on slower without the focus, stops after half an hour and says so, and looks at once with it', async () => {
    follower.wake();
    await clock.advance(0);
    become({ unfocusedSince: clock.now() });
    await clock.advance(maxUnfocusedMs);
    assert.equal(looks.length, 60);
    await clock.advance(24 * 3600 * second);
    assert.equal(looks.length, 60);
    assert.deepEqual([follower.state.trouble, clock.pending], ['away', 0]);
    situation = { ...situation, unfocusedSince: undefined };
    follower.wake();
    await clock.advance(0);
    assert.equal(looks.length, 61);
    assert.equal(follower.state.trouble, undefined);
  });

  it('has one look at a time', async () => {
    let end = (): void => undefined;
    answer = () => new Promise((resolve) => (end = () => resolve(undefined)));
    follower.wake();
    await clock.advance(60 * second);
    follower.wake();
    await clock.advance(60 * second);
    assert.deepEqual(looks, [0]);
    end();
    await settle();
    await clock.advance(0);
    assert.deepEqual(looks, [0, 120]);
  });

  it('gives a look up when nobody looks any more, and does not heed its answer', async () => {
    const signals: AbortSignal[] = [];
    let end = (): void => undefined;
    answer = (signal) => {
      signals.push(signal);
      return new Promise((resolve) => (end = () => resolve(failed('server'))));
    };
    follower.wake();
    await clock.advance(0);
    become({ requests: 0 });
    assert.equal(signals[0]?.aborted, true);
    end();
    await settle();
    become({ requests: 1 });
    await clock.advance(10 * second);
    assert.deepEqual(looks, [0, 10]);
  });

  it('backs off from failures, tells from the third on, and is as before after one that succeeds', async () => {
    answer = () => Promise.resolve(failed('server'));
    follower.wake();
    await clock.advance(20 * second);
    assert.deepEqual([looks, follower.state.trouble], [[0, 20], undefined]);
    await clock.advance(40 * second);
    assert.deepEqual([looks, follower.state.trouble], [[0, 20, 60], 'failing']);
    assert.equal(follower.state.failure?.error.kind, 'server');
    answer = () => Promise.resolve(undefined);
    await clock.advance(80 * second);
    assert.deepEqual(follower.state, { trouble: undefined, failure: undefined });
    await clock.advance(10 * second);
    assert.deepEqual(looks, [0, 20, 60, 140, 150]);
  });

  it('stops where the key is refused, says so at once, and goes on with another account', async () => {
    answer = () => Promise.resolve(failed('unauthorized'));
    follower.wake();
    await clock.advance(3600 * second);
    assert.deepEqual([looks, follower.state.trouble, clock.pending], [[0], 'refused', 0]);
    answer = () => Promise.resolve(undefined);
    follower.restart();
    assert.equal(follower.state.trouble, undefined);
    await clock.advance(10 * second);
    assert.deepEqual(looks, [0, 3610]);
  });

  it('leaves the first look at another account to who shows it', async () => {
    follower.restart();
    await clock.advance(9 * second);
    assert.deepEqual(looks, []);
    await clock.advance(second);
    assert.deepEqual(looks, [10]);
  });

  it('ends with the window', async () => {
    follower.wake();
    follower.dispose();
    await clock.advance(3600 * second);
    assert.deepEqual([looks, clock.pending], [[], 0]);
  });
});
