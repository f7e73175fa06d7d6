import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Priority } from '../../src/core/api/api';
import { GateError, RateGate, type Ticket } from '../../src/core/api/rateGate';
import { backgroundBudget, defaultRateLimits } from '../../src/core/api/rateLimits';
import { ManualClock, settle } from '../core/util/manualClock';
import { histories } from './support/histories';

type Step =
  | { readonly does: 'arrive'; readonly priority: Priority; readonly count: number }
  | { readonly does: 'finish' | 'abort'; readonly which: number }
  | { readonly does: 'wait' | 'pause'; readonly ms: number }
  | { readonly does: 'cancelWait' };

const priority = fc.constantFrom<Priority>('visible', 'background');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('arrive' as const), priority, count: fc.integer({ min: 1, max: 25 }) }),
  },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('finish' as const), which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('abort' as const), which: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('wait' as const), ms: fc.oneof(fc.nat(2_000), fc.nat(70_000)) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pause' as const), ms: fc.nat(90_000) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancelWait' as const) }) },
);

/** Sends requests through a gate and checks that each start is allowed. */
class RequestQueue {
  readonly clock = new ManualClock();
  readonly gate = new RateGate(this.clock);
  readonly waiting = new Map<Ticket, AbortController>();
  readonly inFlight: (() => void)[] = [];
  readonly starts: number[] = [];
  private pausedUntil = 0;

  async play(step: Step): Promise<void> {
    switch (step.does) {
      case 'arrive':
        for (let count = 0; count < step.count; count += 1) this.arrive(step.priority);
        break;
      case 'finish':
        this.inFlight.splice(step.which, 1)[0]?.();
        break;
      case 'abort':
        [...this.waiting.values()][step.which]?.abort();
        break;
      case 'wait':
        await this.clock.advance(step.ms);
        break;
      case 'pause':
        this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + step.ms);
        this.gate.pause(step.ms);
        break;
      case 'cancelWait':
        this.gate.cancelWait();
    }
    await settle();
  }

  private arrive(requestPriority: Priority): void {
    const ticket = this.gate.createTicket(requestPriority);
    const abort = new AbortController();
    this.waiting.set(ticket, abort);
    this.gate.enter(ticket, abort.signal).then(
      (release) => this.checkStart(ticket, release),
      (error: unknown) => {
        assert.ok(error instanceof GateError);
        this.waiting.delete(ticket);
      },
    );
  }

  private checkStart(ticket: Ticket, release: () => void): void {
    this.waiting.delete(ticket);
    this.inFlight.push(release);
    const now = this.clock.now();
    this.starts.push(now);
    assert.ok(this.inFlight.length <= defaultRateLimits.maxInFlight, `${this.inFlight.length} in flight`);
    const inWindow = this.starts.filter((start) => start > now - defaultRateLimits.windowMs).length;
    const maxInWindow = ticket.priority === 'visible' ? defaultRateLimits.budget : backgroundBudget;
    assert.ok(inWindow <= maxInWindow, `${inWindow} requests in a minute`);
    assert.ok(now >= this.pausedUntil, 'a request started during a pause');
    for (const other of this.waiting.keys()) {
      const isOvertaken =
        other.priority === ticket.priority ? other.number < ticket.number : other.priority === 'visible';
      assert.ok(!isOvertaken, `${ticket.priority} ${ticket.number} before ${other.priority} ${other.number}`);
    }
  }
}

describe('rate gate with any sequence of requests', () => {
  it('starts every request in order, at most four concurrently and 50 per minute, and none during a pause', async () => {
    const unhandled: unknown[] = [];
    const recordRejection = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', recordRejection);
    await histories(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const queue = new RequestQueue();
        for (const each of steps) await queue.play(each);
        for (let round = 0; queue.waiting.size > 0 || queue.inFlight.length > 0; round += 1) {
          assert.ok(round < 2_000, `${queue.waiting.size} requests never started`);
          if (queue.inFlight.length > 0) await queue.play({ does: 'finish', which: 0 });
          else await queue.play({ does: 'wait', ms: 10_000 });
        }
        assert.equal(queue.gate.wait, undefined);
        assert.equal(queue.clock.pending, 0);
        assert.deepEqual(unhandled, []);
      }),
    );
    process.off('unhandledRejection', recordRejection);
  });
});
