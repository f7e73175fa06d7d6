import * as vscode from 'vscode';
import type { ListKey, ListSnapshot } from '../core/store/snapshot';
import { type Clock, onAbort, systemClock } from '../core/util/abort';
import type { Disposable } from '../core/util/event';

/** VS Code throttles notifications, so a short one could delay the next, which may be an error message. */
const progressDelayMs = 500;

export interface Step {
  /** In percent. Missing if the total is unknown. */
  readonly increment?: number;
  readonly message: string;
}

/**
 * Shows a cancelable progress notification if the work takes long.
 * @param ended stops the work, as Cancel does
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

/** VS Code ignores further changes for a moment after each refresh, so showing short work would delay its result. */
const busyRowDelayMs = 150;

/** Decides which lists have been busy for long enough to show it. */
export class BusyIndicatorDelay implements Disposable {
  /** Start of each list's work, in epoch milliseconds. */
  private readonly since = new Map<ListKey, number>();
  private readonly failed = new Set<ListKey>();
  private timer: Disposable | undefined;

  /** @param resume is called when another list should show that it's busy */
  constructor(
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {}

  /** Must be called after any change of the lists. */
  update(lists: Iterable<ListSnapshot>): void {
    const now = this.clock.now();
    const busy = new Set<ListKey>();
    for (const { key, state } of lists) {
      if (state.kind === 'busy') {
        busy.add(key);
        // The row's error message must disappear immediately.
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
