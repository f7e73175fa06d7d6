import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  maxUnfocusedMs,
  planFollowing,
  troubleOf,
  type FollowHistory,
  type FollowPlan,
  type FollowSituation,
} from '../../../src/core/store/followSchedule';

const now = Date.UTC(2026, 10, 23);
const second = 1000;
const minute = 60 * second;

const looking: FollowSituation = {
  isOn: true,
  isConnected: true,
  requests: 1,
  intervalMs: 10 * second,
  unfocusedSince: undefined,
  waitUntil: undefined,
};
/** In the middle of what chance allows. */
const calm: FollowHistory = { last: now, failures: 0, isRefused: false, isWoken: false, chance: 0.5 };

const plan = (situation: Partial<FollowSituation> = {}, history: Partial<FollowHistory> = {}, at = now): FollowPlan =>
  planFollowing({ ...looking, ...situation }, { ...calm, ...history }, at);
/** Milliseconds from the last look to the next one. */
const gap = (situation: Partial<FollowSituation> = {}, history: Partial<FollowHistory> = {}): number => {
  const planned = plan(situation, history);
  assert.equal(planned.kind, 'at');
  return planned.kind === 'at' ? planned.time - now : NaN;
};

describe('the schedule of following', () => {
  it('looks once an interval, a little sooner or later by chance', () => {
    assert.equal(gap(), 10 * second);
    assert.equal(gap({}, { chance: 0 }), 9 * second);
    assert.equal(gap({}, { chance: 1 }), 11 * second);
  });

  it('looks at once at first, and where the clock was set back', () => {
    assert.equal(gap({}, { last: undefined }), 0);
    assert.equal(gap({}, { last: now + minute }), 0);
  });

  const rests: readonly (readonly [string, Partial<FollowSituation>, string])[] = [
    ['it is off', { isOn: false }, 'off'],
    ['there is no key', { isConnected: false }, 'notConnected'],
    ['nothing is looked at', { requests: 0 }, 'hidden'],
    ['the focus was away for half an hour', { unfocusedSince: now - maxUnfocusedMs }, 'away'],
  ];
  for (const [when, situation, why] of rests) {
    it(`rests where ${when}, whatever calls for a look`, () => {
      assert.deepEqual(plan(situation, { isWoken: true }), { kind: 'rest', why });
    });
  }

  it('is slower without the focus, until it was away for half an hour', () => {
    assert.equal(gap({ unfocusedSince: now - second }), 30 * second);
    assert.equal(gap({ unfocusedSince: now - maxUnfocusedMs + 1 }), 30 * second);
  });

  it('looks at once when something calls for it, but not in a flood', () => {
    assert.equal(gap({}, { isWoken: true, last: now - minute }) < 0, true);
    assert.equal(gap({}, { isWoken: true }), 3 * second);
    assert.equal(gap({}, { isWoken: true, failures: 9 }), 3 * second);
  });

  it('backs off from what fails, twice as long each time, up to five minutes', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 50].map((failures) => gap({}, { failures }) / second),
      [20, 40, 80, 160, 300, 300],
    );
  });

  it('never backs off to less than an interval', () => {
    assert.equal(gap({ intervalMs: 300 * second, unfocusedSince: now }, { failures: 3 }), 900 * second);
  });

  it('leaves most of the budget to the reader where many transcripts are on the screen', () => {
    assert.equal(gap({ requests: 3, intervalMs: 5 * second }), 6 * second);
    assert.equal(gap({ requests: 3 }), 10 * second);
    assert.equal(gap({ requests: 9 }), 18 * second);
  });

  it('waits as long as the server asks to', () => {
    assert.equal(gap({ waitUntil: now + minute }), minute);
    assert.equal(gap({ waitUntil: now + minute }, { isWoken: true }), minute);
    assert.equal(gap({ waitUntil: now + second }), 10 * second);
  });

  it('rests where the key was refused, until something calls for a look', () => {
    assert.deepEqual(plan({}, { isRefused: true, failures: 1 }), { kind: 'rest', why: 'refused' });
    assert.equal(plan({}, { isRefused: true, failures: 1, isWoken: true }).kind, 'at');
  });

  it('tells of trouble that goes on, and of nothing else', () => {
    const at: FollowPlan = { kind: 'at', time: now };
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((failures) => troubleOf(at, { ...calm, failures })),
      [undefined, undefined, undefined, 'failing', 'failing'],
    );
    assert.equal(troubleOf(at, { ...calm, isRefused: true }), 'refused');
    const resting = (['off', 'notConnected', 'hidden', 'refused', 'away'] as const).map((why) =>
      troubleOf({ kind: 'rest', why }, { ...calm, failures: 9 }),
    );
    assert.deepEqual(resting, [undefined, undefined, undefined, 'refused', 'away']);
  });
});
