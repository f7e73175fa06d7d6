import assert from 'node:assert/strict';
import type { Priority, RateLimitWait } from '../../../src/core/api/api';
import { GateError, RateGate } from '../../../src/core/api/rateGate';
import { defaultRateLimits, type RateLimits } from '../../../src/core/api/rateLimits';
import { ManualClock, settle } from '../util/manualClock';

/** Sends named requests through a gate. */
class GateHarness {
  readonly clock = new ManualClock();
  readonly gate: RateGate;
  /** In the order in which they started. */
  readonly started: string[] = [];
  readonly refused: string[] = [];
  readonly waits: (RateLimitWait | undefined)[] = [];
  /** Results of each release: whether a queued request started instead. */
  readonly replaced: boolean[] = [];
  private readonly releases = new Map<string, () => boolean>();
  private readonly aborts = new Map<string, AbortController>();

  constructor(limits: Partial<RateLimits> = {}) {
    this.gate = new RateGate(this.clock, { ...defaultRateLimits, ...limits });
    this.gate.onDidChangeWait((wait) => this.waits.push(wait));
  }

  async request(
    name: string,
    priority: Priority = 'visible',
    ticket = this.gate.createTicket(priority),
  ): Promise<void> {
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
  it('allows four requests in flight', async () => {
    const harness = new GateHarness();
    await harness.requests(6);
    assert.deepEqual(harness.started, ['r0', 'r1', 'r2', 'r3']);
    assert.equal(harness.clock.pending, 0, 'waiting for a free slot needs no timer');
    await harness.finish('r2');
    assert.deepEqual(harness.started, ['r0', 'r1', 'r2', 'r3', 'r4']);
    await harness.finish('r2', 'r2', 'r2');
    assert.equal(harness.started.length, 5, 'a slot is released only once');
    await harness.finish('r0', 'r1');
    assert.equal(harness.started.length, 6);
    assert.deepEqual(harness.waits, [], 'waiting for a free slot is not a rate limit');
    assert.equal(harness.clock.pending, 0);
  });

  it('reports on release whether a queued request started', async () => {
    const harness = new GateHarness({ maxInFlight: 1 });
    await harness.requests(2);
    await harness.finish('r0', 'r0');
    await harness.finish('r1');
    assert.deepEqual(harness.replaced, [true, false, false]);
  });

  it('starts visible requests first, each priority in order', async () => {
    const harness = new GateHarness({ maxInFlight: 1 });
    await harness.request('first', 'background');
    await harness.request('b1', 'background');
    await harness.request('v1');
    await harness.request('b2', 'background');
    await harness.request('v2');
    for (const name of ['first', 'v1', 'v2', 'b1']) await harness.finish(name);
    assert.deepEqual(harness.started, ['first', 'v1', 'v2', 'b1', 'b2']);
  });

  it('starts a request that returns with its ticket before later ones', async () => {
    const harness = new GateHarness({ maxInFlight: 1 });
    const ticket = harness.gate.createTicket('visible');
    await harness.request('early', 'visible', ticket);
    await harness.request('late');
    await harness.request('later');
    await harness.finish('early');
    await harness.request('early again', 'visible', ticket);
    await harness.finish('late');
    assert.deepEqual(harness.started, ['early', 'late', 'early again']);
  });

  it('stays within its budget in any sliding minute', async () => {
    const harness = new GateHarness({ maxInFlight: 1000, budget: 5, windowMs: 60_000 });
    const starts: number[] = [];
    for (let index = 0; index < 40; index += 1) {
      void harness.gate.enter(harness.gate.createTicket('visible'), new AbortController().signal).then((release) => {
        starts.push(harness.clock.now());
        release();
      });
      await settle();
      await harness.clock.advance((index * 7919) % 11_000);
    }
    await harness.clock.advance(20 * 60_000);
    assert.equal(starts.length, 40);
    starts.forEach((start, index) => {
      const sixth = starts[index + 5];
      assert.ok(sixth === undefined || sixth - start >= 60_000, `${index}: ${sixth} - ${start}`);
    });
    assert.equal(harness.clock.pending, 0);
  });

  it('reports the start and end of a wait for the budget', async () => {
    const harness = new GateHarness({ maxInFlight: 10, budget: 2, windowMs: 60_000 });
    const start = harness.clock.now();
    await harness.requests(3);
    assert.deepEqual(harness.started, ['r0', 'r1']);
    assert.deepEqual(harness.gate.wait, { until: start + 60_000, cause: 'ownBudget' });
    await harness.clock.advance(59_999);
    assert.equal(harness.started.length, 2);
    await harness.clock.advance(1);
    assert.equal(harness.started.length, 3);
    assert.equal(harness.gate.wait, undefined);
    assert.deepEqual(harness.waits, [{ until: start + 60_000, cause: 'ownBudget' }, undefined]);
  });

  it('starts nothing while it is paused and reports the wait only if requests are queued', async () => {
    const harness = new GateHarness();
    const start = harness.clock.now();
    harness.gate.pause(30_000);
    assert.equal(harness.gate.wait, undefined);
    assert.equal(harness.clock.pending, 0);
    await harness.request('a');
    assert.deepEqual(harness.gate.wait, { until: start + 30_000, cause: 'rateLimit' });
    harness.gate.pause(10_000);
    assert.deepEqual(
      harness.gate.wait,
      { until: start + 30_000, cause: 'rateLimit' },
      'a shorter pause does not end a longer one',
    );
    harness.gate.pause(40_000);
    await harness.clock.advance(39_999);
    assert.deepEqual(harness.started, []);
    await harness.clock.advance(1);
    assert.deepEqual(harness.started, ['a']);
    assert.deepEqual(harness.waits, [
      { until: start + 30_000, cause: 'rateLimit' },
      { until: start + 40_000, cause: 'rateLimit' },
      undefined,
    ]);
  });

  it("doesn't report a wait of one second", async () => {
    const harness = new GateHarness();
    harness.gate.pause(1000);
    await harness.request('a');
    await harness.clock.advance(1000);
    assert.deepEqual(harness.started, ['a']);
    assert.deepEqual(harness.waits, []);
  });

  it('reports a long wait until its end, even if a request is added in its last second', async () => {
    const harness = new GateHarness();
    const until = harness.clock.now() + 30_000;
    harness.gate.pause(30_000);
    await harness.request('a');
    await harness.clock.advance(29_500);
    await harness.request('b');
    assert.deepEqual(harness.gate.wait, { until, cause: 'rateLimit' });
    await harness.clock.advance(500);
    assert.deepEqual(harness.waits, [{ until, cause: 'rateLimit' }, undefined]);
  });

  it('drops a queued request when its signal is aborted, and the wait with the last one', async () => {
    const harness = new GateHarness();
    harness.gate.pause(30_000);
    await harness.request('a');
    await harness.request('b');
    await harness.abort('a');
    assert.deepEqual(harness.refused, ['a aborted']);
    assert.notEqual(harness.gate.wait, undefined);
    await harness.abort('b');
    assert.deepEqual(harness.refused, ['a aborted', 'b aborted']);
    assert.equal(harness.gate.wait, undefined);
    assert.equal(harness.clock.pending, 0);
  });

  it('rejects a request whose signal is already aborted', async () => {
    const harness = new GateHarness();
    await assert.rejects(harness.gate.enter(harness.gate.createTicket('visible'), AbortSignal.abort()), {
      refusal: 'aborted',
    });
  });

  it('rejects queued requests when the user cancels the wait, but not later ones', async () => {
    const harness = new GateHarness();
    harness.gate.pause(30_000);
    await harness.request('a');
    await harness.request('b', 'background');
    harness.gate.cancelWait();
    await settle();
    assert.deepEqual(harness.refused, ['a waitCanceled', 'b waitCanceled']);
    assert.equal(harness.gate.wait, undefined);
    await harness.request('c');
    assert.deepEqual(harness.started, []);
    await harness.clock.advance(30_000);
    assert.deepEqual(harness.started, ['c']);
  });

  it("doesn't reject requests that only wait for a free slot", async () => {
    const harness = new GateHarness({ maxInFlight: 1 });
    await harness.requests(2);
    harness.gate.pause(0);
    assert.equal(harness.clock.pending, 0, 'a pause of 0 is not a wait');
    harness.gate.cancelWait();
    await harness.finish('r0');
    assert.deepEqual(harness.refused, []);
    assert.deepEqual(harness.started, ['r0', 'r1']);
  });

  it('rejects queued requests and leaves no timer when it is disposed', async () => {
    const harness = new GateHarness({ maxInFlight: 1 });
    await harness.requests(2);
    harness.gate.pause(30_000);
    assert.equal(harness.clock.pending, 1);
    harness.gate.dispose();
    await settle();
    await harness.request('late');
    await harness.finish('r0');
    assert.deepEqual(harness.refused, ['r1 disposed', 'late disposed']);
    assert.equal(harness.clock.pending, 0);
    assert.equal(harness.gate.wait, undefined);
  });

  it("doesn't repeat a wait that ended while the computer slept", async () => {
    const harness = new GateHarness();
    harness.gate.pause(120_000);
    await harness.request('a');
    harness.clock.sleep(3_600_000);
    await harness.clock.advance(15_000);
    assert.deepEqual(harness.started, ['a']);
    assert.equal(harness.gate.wait, undefined);
  });

  it('continues the pause and the budget of the previous gate', async () => {
    const clock = new ManualClock();
    const limits = { ...defaultRateLimits, budget: 2 };
    const before = new RateGate(clock, limits);
    const enter = (gate: RateGate): Promise<unknown> =>
      gate.enter(gate.createTicket('visible'), new AbortController().signal);
    await enter(before);
    await clock.advance(10_000);
    before.pause(30_000);
    before.dispose();
    const after = new RateGate(clock, limits, before);
    let startedCount = 0;
    for (let count = 0; count < 2; count += 1) void enter(after).then(() => (startedCount += 1));
    await clock.advance(29_999);
    assert.equal(startedCount, 0);
    await clock.advance(1);
    assert.equal(startedCount, 1, "the previous gate's request counts in this minute");
    await clock.advance(20_000);
    assert.equal(startedCount, 2);
  });

  it("doesn't wait for hours if the clock is set back", async () => {
    const harness = new GateHarness({ maxInFlight: 100, budget: 2 });
    await harness.requests(2);
    harness.gate.pause(30_000);
    harness.clock.setBack(3 * 3_600_000);
    await harness.request('c');
    await harness.clock.advance(59_999);
    assert.deepEqual(harness.started, ['r0', 'r1'], 'the budget still applies');
    await harness.clock.advance(1);
    assert.deepEqual(harness.started, ['r0', 'r1', 'c']);
  });
});
