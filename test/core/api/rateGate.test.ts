import assert from 'node:assert/strict';
import type { Priority, RateLimitWait } from '../../../src/core/api/api';
import { GateError, RateGate } from '../../../src/core/api/rateGate';
import { defaultRateLimits, type RateLimits } from '../../../src/core/api/rateLimits';
import { ManualClock, settle } from '../util/manualClock';

/** Requests through a gate, by name. */
class Traffic {
  readonly clock = new ManualClock();
  readonly gate: RateGate;
  /** In the order in which they were let through. */
  readonly started: string[] = [];
  readonly refused: string[] = [];
  readonly told: (RateLimitWait | undefined)[] = [];
  /** What each release said: whether another went out instead. */
  readonly replaced: boolean[] = [];
  private readonly releases = new Map<string, () => boolean>();
  private readonly aborts = new Map<string, AbortController>();

  constructor(limits: Partial<RateLimits> = {}) {
    this.gate = new RateGate(this.clock, { ...defaultRateLimits, ...limits });
    this.gate.onDidChangeWait((wait) => this.told.push(wait));
  }

  async request(name: string, priority: Priority = 'visible', ticket = this.gate.ticket(priority)): Promise<void> {
    const abort = new AbortController();
    this.aborts.set(name, abort);
    this.gate.enter(ticket, abort.signal).then(
      (release) => {
        this.started.push(name);
        this.releases.set(name, release);
      },
      (error: unknown) => {
        assert.ok(error instanceof GateError);
        this.refused.push(`${name} ${error.refusal}`);
      },
    );
    await settle();
  }

  async requests(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) await this.request(`r${index}`);
  }

  async finish(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const release = this.releases.get(name);
      if (release) this.replaced.push(release());
    }
    await settle();
  }

  async abort(name: string): Promise<void> {
    this.aborts.get(name)?.abort();
    await settle();
  }
}

describe('RateGate', () => {
  it('has four in flight', async () => {
    const traffic = new Traffic();
    await traffic.requests(6);
    assert.deepEqual(traffic.started, ['r0', 'r1', 'r2', 'r3']);
    assert.equal(traffic.clock.pending, 0, 'a place is waited for without a timer');
    await traffic.finish('r2');
    assert.deepEqual(traffic.started, ['r0', 'r1', 'r2', 'r3', 'r4']);
    await traffic.finish('r2', 'r2', 'r2');
    assert.equal(traffic.started.length, 5, 'one place is given up once');
    await traffic.finish('r0', 'r1');
    assert.equal(traffic.started.length, 6);
    assert.deepEqual(traffic.told, [], 'waiting for a place is no rate limit');
    assert.equal(traffic.clock.pending, 0);
  });

  it('says at the end of a request whether another went out instead', async () => {
    const traffic = new Traffic({ maxInFlight: 1 });
    await traffic.requests(2);
    await traffic.finish('r0', 'r0');
    await traffic.finish('r1');
    assert.deepEqual(traffic.replaced, [true, false, false]);
  });

  it('lets what is looked at go first, each in its order', async () => {
    const traffic = new Traffic({ maxInFlight: 1 });
    await traffic.request('first', 'background');
    await traffic.request('b1', 'background');
    await traffic.request('v1');
    await traffic.request('b2', 'background');
    await traffic.request('v2');
    for (const name of ['first', 'v1', 'v2', 'b1']) await traffic.finish(name);
    assert.deepEqual(traffic.started, ['first', 'v1', 'v2', 'b1', 'b2']);
  });

  it('gives one that comes again its place before the later ones', async () => {
    const traffic = new Traffic({ maxInFlight: 1 });
    const ticket = traffic.gate.ticket('visible');
    await traffic.request('early', 'visible', ticket);
    await traffic.request('late');
    await traffic.request('later');
    await traffic.finish('early');
    await traffic.request('early again', 'visible', ticket);
    await traffic.finish('late');
    assert.deepEqual(traffic.started, ['early', 'late', 'early again']);
  });

  it('starts no more than its budget in any sliding minute', async () => {
    const traffic = new Traffic({ maxInFlight: 1000, budget: 5, windowMs: 60_000 });
    const starts: number[] = [];
    for (let index = 0; index < 40; index += 1) {
      void traffic.gate.enter(traffic.gate.ticket('visible'), new AbortController().signal).then((release) => {
        starts.push(traffic.clock.now());
        release();
      });
      await settle();
      await traffic.clock.advance((index * 7919) % 11_000);
    }
    await traffic.clock.advance(20 * 60_000);
    assert.equal(starts.length, 40);
    starts.forEach((start, index) => {
      const sixth = starts[index + 5];
      assert.ok(sixth === undefined || sixth - start >= 60_000, `${index}: ${sixth} - ${start}`);
    });
    assert.equal(traffic.clock.pending, 0);
  });

  it('tells of a wait for the budget, and of its end', async () => {
    const traffic = new Traffic({ maxInFlight: 10, budget: 2, windowMs: 60_000 });
    const start = traffic.clock.now();
    await traffic.requests(3);
    assert.deepEqual(traffic.started, ['r0', 'r1']);
    assert.deepEqual(traffic.gate.wait, { until: start + 60_000, cause: 'ownBudget' });
    await traffic.clock.advance(59_999);
    assert.equal(traffic.started.length, 2);
    await traffic.clock.advance(1);
    assert.equal(traffic.started.length, 3);
    assert.equal(traffic.gate.wait, undefined);
    assert.deepEqual(traffic.told, [{ until: start + 60_000, cause: 'ownBudget' }, undefined]);
  });

  it('lets nothing through while it is paused, and tells so only where something waits', async () => {
    const traffic = new Traffic();
    const start = traffic.clock.now();
    traffic.gate.pause(30_000);
    assert.equal(traffic.gate.wait, undefined);
    assert.equal(traffic.clock.pending, 0);
    await traffic.request('a');
    assert.deepEqual(traffic.gate.wait, { until: start + 30_000, cause: 'rateLimit' });
    traffic.gate.pause(10_000);
    assert.deepEqual(
      traffic.gate.wait,
      { until: start + 30_000, cause: 'rateLimit' },
      'a shorter pause does not end a longer one',
    );
    traffic.gate.pause(40_000);
    await traffic.clock.advance(39_999);
    assert.deepEqual(traffic.started, []);
    await traffic.clock.advance(1);
    assert.deepEqual(traffic.started, ['a']);
    assert.deepEqual(traffic.told, [
      { until: start + 30_000, cause: 'rateLimit' },
      { until: start + 40_000, cause: 'rateLimit' },
      undefined,
    ]);
  });

  it('keeps a wait of a second to itself', async () => {
    const traffic = new Traffic();
    traffic.gate.pause(1000);
    await traffic.request('a');
    await traffic.clock.advance(1000);
    assert.deepEqual(traffic.started, ['a']);
    assert.deepEqual(traffic.told, []);
  });

  it('tells a long wait to its end, also where something comes in its last second', async () => {
    const traffic = new Traffic();
    const until = traffic.clock.now() + 30_000;
    traffic.gate.pause(30_000);
    await traffic.request('a');
    await traffic.clock.advance(29_500);
    await traffic.request('b');
    assert.deepEqual(traffic.gate.wait, { until, cause: 'rateLimit' });
    await traffic.clock.advance(500);
    assert.deepEqual(traffic.told, [{ until, cause: 'rateLimit' }, undefined]);
  });

  it('drops a queued request whose signal is aborted, at once, and the wait with the last of them', async () => {
    const traffic = new Traffic();
    traffic.gate.pause(30_000);
    await traffic.request('a');
    await traffic.request('b');
    await traffic.abort('a');
    assert.deepEqual(traffic.refused, ['a aborted']);
    assert.notEqual(traffic.gate.wait, undefined);
    await traffic.abort('b');
    assert.deepEqual(traffic.refused, ['a aborted', 'b aborted']);
    assert.equal(traffic.gate.wait, undefined);
    assert.equal(traffic.clock.pending, 0);
  });

  it('refuses one that is aborted before it comes', async () => {
    const traffic = new Traffic();
    await assert.rejects(traffic.gate.enter(traffic.gate.ticket('visible'), AbortSignal.abort()), {
      refusal: 'aborted',
    });
  });

  it('refuses what waits when the user has had enough; what comes later waits again', async () => {
    const traffic = new Traffic();
    traffic.gate.pause(30_000);
    await traffic.request('a');
    await traffic.request('b', 'background');
    traffic.gate.cancelWait();
    await settle();
    assert.deepEqual(traffic.refused, ['a waitCancelled', 'b waitCancelled']);
    assert.equal(traffic.gate.wait, undefined);
    await traffic.request('c');
    assert.deepEqual(traffic.started, []);
    await traffic.clock.advance(30_000);
    assert.deepEqual(traffic.started, ['c']);
  });

  it('refuses nobody for want of a place alone', async () => {
    const traffic = new Traffic({ maxInFlight: 1 });
    await traffic.requests(2);
    traffic.gate.pause(0);
    assert.equal(traffic.clock.pending, 0, 'nor is there a wait');
    traffic.gate.cancelWait();
    await traffic.finish('r0');
    assert.deepEqual(traffic.refused, []);
    assert.deepEqual(traffic.started, ['r0', 'r1']);
  });

  it('leaves no timer and nobody waiting when it is disposed', async () => {
    const traffic = new Traffic({ maxInFlight: 1 });
    await traffic.requests(2);
    traffic.gate.pause(30_000);
    assert.equal(traffic.clock.pending, 1);
    traffic.gate.dispose();
    await settle();
    await traffic.request('late');
    await traffic.finish('r0');
    assert.deepEqual(traffic.refused, ['r1 disposed', 'late disposed']);
    assert.equal(traffic.clock.pending, 0);
    assert.equal(traffic.gate.wait, undefined);
  });

  it('does not wait once more for what was over while the computer slept', async () => {
    const traffic = new Traffic();
    traffic.gate.pause(120_000);
    await traffic.request('a');
    traffic.clock.sleep(3_600_000);
    await traffic.clock.advance(15_000);
    assert.deepEqual(traffic.started, ['a']);
    assert.equal(traffic.gate.wait, undefined);
  });

  it('goes on where the one before it was: its pause lasts, and its requests count', async () => {
    const clock = new ManualClock();
    const limits = { ...defaultRateLimits, budget: 2 };
    const before = new RateGate(clock, limits);
    const enter = (gate: RateGate): Promise<unknown> =>
      gate.enter(gate.ticket('visible'), new AbortController().signal);
    await enter(before);
    await clock.advance(10_000);
    before.pause(30_000);
    before.dispose();
    const after = new RateGate(clock, limits, before);
    let through = 0;
    for (let count = 0; count < 2; count += 1) void enter(after).then(() => (through += 1));
    await clock.advance(29_999);
    assert.equal(through, 0);
    await clock.advance(1);
    assert.equal(through, 1, 'one of the two in this minute was the one before');
    await clock.advance(20_000);
    assert.equal(through, 2);
  });

  it('does not wait for hours where the clock is set back', async () => {
    const traffic = new Traffic({ maxInFlight: 100, budget: 2 });
    await traffic.requests(2);
    traffic.gate.pause(30_000);
    traffic.clock.setBack(3 * 3_600_000);
    await traffic.request('c');
    await traffic.clock.advance(59_999);
    assert.deepEqual(traffic.started, ['r0', 'r1'], 'the budget is kept all the same');
    await traffic.clock.advance(1);
    assert.deepEqual(traffic.started, ['r0', 'r1', 'c']);
  });
});
