import assert from 'node:assert/strict';
import {
  maxUnfocusedMs,
  planFollowing,
  findFollowProblem,
  type FollowHistory,
  type FollowPlan,
  type FollowSituation,
} from '../../../src/core/store/followSchedule';

const now = Date.UTC(2026, 10, 23);
const second = 1000;
const minute = 60 * second;

const defaults: FollowSituation = {
  isOn: true,
  isConnected: true,
  requests: 1,
  intervalMs: 10 * second,
  unfocusedSince: undefined,
  waitUntil: undefined,
};
/** No jitter. */
const defaultHistory: FollowHistory = { last: now, failures: 0, isRefused: false, isWoken: false, chance: 0.5 };

const plan = (situation: Partial<FollowSituation> = {}, history: Partial<FollowHistory> = {}, at = now): FollowPlan =>
  planFollowing({ ...defaults, ...situation }, { ...defaultHistory, ...history }, at);
/** Returns the milliseconds from the last poll to the next one. */
const delayMs = (situation: Partial<FollowSituation> = {}, history: Partial<FollowHistory> = {}): number => {
  const planned = plan(situation, history);
  assert.equal(planned.kind, 'at');
  return planned.kind === 'at' ? planned.time - now : NaN;
};

describe('planFollowing', () => {
  it('polls once per interval, with random jitter', () => {
    assert.equal(delayMs(), 10 * second);
    assert.equal(delayMs({}, { chance: 0 }), 9 * second);
    assert.equal(delayMs({}, { chance: 1 }), 11 * second);
  });

  it('polls immediately the first time and after the clock was set back', () => {
    assert.equal(delayMs({}, { last: undefined }), 0);
    assert.equal(delayMs({}, { last: now + minute }), 0);
  });

  const pauses: readonly (readonly [string, Partial<FollowSituation>, string])[] = [
    ['it is off', { isOn: false }, 'off'],
    ['there is no key', { isConnected: false }, 'notConnected'],
    ['nothing is visible', { requests: 0 }, 'hidden'],
    ['the window had no focus for half an hour', { unfocusedSince: now - maxUnfocusedMs }, 'away'],
  ];
  for (const [condition, situation, why] of pauses) {
    it(`pauses if ${condition}, even if a poll was requested`, () => {
      assert.deepEqual(plan(situation, { isWoken: true }), { kind: 'rest', why });
    });
  }

  it('polls more slowly without focus, up to half an hour', () => {
    assert.equal(delayMs({ unfocusedSince: now - second }), 30 * second);
    assert.equal(delayMs({ unfocusedSince: now - maxUnfocusedMs + 1 }), 30 * second);
  });

  it('polls immediately on request, but not too often', () => {
    assert.equal(delayMs({}, { isWoken: true, last: now - minute }) < 0, true);
    assert.equal(delayMs({}, { isWoken: true }), 3 * second);
    assert.equal(delayMs({}, { isWoken: true, failures: 9 }), 3 * second);
  });

  it('doubles the delay after each failure, up to five minutes', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 50].map((failures) => delayMs({}, { failures }) / second),
      [20, 40, 80, 160, 300, 300],
    );
  });

  it('never backs off to less than the interval', () => {
    assert.equal(delayMs({ intervalMs: 300 * second, unfocusedSince: now }, { failures: 3 }), 900 * second);
  });

  it('leaves most of the request budget to the user if many transcripts are visible', () => {
    assert.equal(delayMs({ requests: 3, intervalMs: 5 * second }), 6 * second);
    assert.equal(delayMs({ requests: 3 }), 10 * second);
    assert.equal(delayMs({ requests: 9 }), 18 * second);
  });

  it('waits as long as the server asks', () => {
    assert.equal(delayMs({ waitUntil: now + minute }), minute);
    assert.equal(delayMs({ waitUntil: now + minute }, { isWoken: true }), minute);
    assert.equal(delayMs({ waitUntil: now + second }), 10 * second);
  });

  it('pauses if the key was rejected, until a poll is requested', () => {
    assert.deepEqual(plan({}, { isRefused: true, failures: 1 }), { kind: 'rest', why: 'refused' });
    assert.equal(plan({}, { isRefused: true, failures: 1, isWoken: true }).kind, 'at');
  });

  it('reports only continued trouble', () => {
    const at: FollowPlan = { kind: 'at', time: now };
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((failures) => findFollowProblem(at, { ...defaultHistory, failures })),
      [undefined, undefined, undefined, 'failing', 'failing'],
    );
    assert.equal(findFollowProblem(at, { ...defaultHistory, isRefused: true }), 'refused');
    const pausedStates = (['off', 'notConnected', 'hidden', 'refused', 'away'] as const).map((why) =>
      findFollowProblem({ kind: 'rest', why }, { ...defaultHistory, failures: 9 }),
    );
    assert.deepEqual(pausedStates, [undefined, undefined, undefined, 'refused', 'away']);
  });
});
