import * as vscode from 'vscode';
import { onAbort } from '../core/util/abort';
import { systemClock } from '../core/util/clock';

/**
 * Milliseconds that work may take before a notification tells of it. One that flashes by tells nothing, and VS Code shows
 * only a few in a second: it would hide the next one, which may say what failed.
 */
const unnoticed = 500;

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
  }, unnoticed);
  try {
    return await working;
  } finally {
    late.dispose();
    ending?.dispose();
  }
}
