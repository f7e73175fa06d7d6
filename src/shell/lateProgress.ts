import * as vscode from 'vscode';
import type { ListKey, ListSnapshot } from '../core/store/snapshot';
import { type Clock, onAbort, systemClock } from '../core/util/abort';
import type { Disposable } from '../core/util/event';

/**
 * Milliseconds that work may take before a notification tells of it. One that flashes by tells nothing, and VS Code shows
 * only a few in a second: it would hide the next one, which may say what failed.
 */
const progressDelayMs = 500;

export interface Step {
  /** Percent; left out where it is not known how much there is. */
  readonly increment?: number;
  readonly message: string;
}

/**
 * Works with a notification that shows progress and can cancel, where it takes long enough to be read.
 * @param ended aborted when nobody is there any more to see it: stops the work, as Cancel does
 */
export async function withLateProgress<T>(
  title: string,
  work: (report: (step: Step) => void, signal: AbortSignal) => Promise<T>,
  ended?: AbortSignal,
): Promise<T> {
  const aborter = new AbortController();
  const ending = ended && onAbort(ended, () => aborter.abort());
  let shown: vscode.Progress<Step> | undefined;
  let before: Step | undefined;
  const report = (step: Step): void => {
    if (shown !== undefined) shown.report(step);
    else
      before = {
        ...step,
        ...(step.increment === undefined ? {} : { increment: (before?.increment ?? 0) + step.increment }),
      };
  };
  const working = work(report, aborter.signal);
  const late = systemClock.setTimeout(() => {
    if (aborter.signal.aborted) return;
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress: vscode.Progress<Step>, cancellation) => {
      cancellation.onCancellationRequested(() => aborter.abort());
      shown = progress;
      if (before !== undefined) progress.report(before);
      await working.catch(() => undefined);
    });
  }, progressDelayMs);
  try {
    return await working;
  } finally {
    late.dispose();
    ending?.dispose();
  }
}

/**
 * Milliseconds that a list may be busy before its row says so. VS Code, once told of something, takes nothing for a while: to
 * say what is over in a moment would keep back what it brings.
 */
const busyRowDelayMs = 150;

/** Which lists have been busy for so long that the reader should see it. */
export class BusyIndicatorDelay implements Disposable {
  /** When each list became busy, in epoch milliseconds. */
  private readonly since = new Map<ListKey, number>();
  private readonly failed = new Set<ListKey>();
  private timer: Disposable | undefined;

  /** @param resume runs when another list has been busy for long */
  constructor(
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {}

  /** To be called with the lists as they are now, after any change. */
  update(lists: Iterable<ListSnapshot>): void {
    const now = this.clock.now();
    const busy = new Set<ListKey>();
    for (const { key, state } of lists) {
      if (state.kind === 'busy') {
        busy.add(key);
        // What its row says of a failure has to go in any case.
        if (!this.since.has(key)) this.since.set(key, this.failed.has(key) ? now - busyRowDelayMs : now);
      }
      if (state.kind === 'failed') this.failed.add(key);
      else this.failed.delete(key);
    }
    for (const key of this.since.keys()) if (!busy.has(key)) this.since.delete(key);
    this.wait(now);
  }

  shouldShow(key: ListKey): boolean {
    const since = this.since.get(key);
    return since !== undefined && this.clock.now() - since >= busyRowDelayMs;
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }

  private wait(now: number): void {
    const soonest = Math.min(
      ...[...this.since.values()].map((since) => since + busyRowDelayMs).filter((due) => due > now),
    );
    this.dispose();
    if (Number.isFinite(soonest)) this.timer = this.clock.setTimeout(this.resume, soonest - now);
  }
}
