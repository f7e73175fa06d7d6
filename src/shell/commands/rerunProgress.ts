import { type MessageItem, ProgressLocation, l10n, window } from 'vscode';
import type { KnownArrival } from '../../core/running/arrival';
import type { Decision, Interruption, RerunDirector, RerunOutcome, RerunStep } from '../../core/running/rerun';
import { assertNever } from '../../core/util/assertNever';
import { notify } from '../notify';
import { errorWords } from '../words/errors';
import { arrivalWords } from '../words/running';

/** Runs with a notification that shows how far it is, and stops before the next message goes out. */
export async function withRerunProgress(
  run: (director: RerunDirector) => Promise<RerunOutcome>,
): Promise<RerunOutcome> {
  const stop = new AbortController();
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Rerunning conversation'),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, cancellation) => {
    let done = 0;
    const step = (next: RerunStep): void => {
      const share = next.kind === 'creating' ? 0 : ((next.number - 1) / next.of) * 100;
      progress.report({ increment: share - done, message: stepWords(next) });
      done = share;
    };
    const running = run({ step, decide, stop: stop.signal });
    cancellation.onCancellationRequested(() => {
      stop.abort();
      // VS Code takes the notification away that was cancelled.
      const title = l10n.t('Stopping the rerun after this reply…');
      void window.withProgress({ location: ProgressLocation.Notification, title }, () =>
        running.then(nothing, nothing),
      );
    });
    return running;
  });
}

const nothing = (): void => undefined;

function stepWords(step: RerunStep): string {
  switch (step.kind) {
    case 'creating':
      return l10n.t('Creating test conversation');
    case 'sending':
      return l10n.t('Message {0} of {1}', step.number, step.of);
    case 'checking':
      return l10n.t('Checking whether message {0} of {1} was delivered', step.number, step.of);
    default:
      return assertNever(step);
  }
}

interface DecisionItem extends MessageItem {
  readonly decision: Decision;
}

/** Nothing is sent a second time unless the user says so. Closing the question stops. */
async function decide({ number, of, error, arrival }: Interruption): Promise<Decision> {
  const question = l10n.t('No reply to message {0} of {1}', number, of);
  const detail = `${errorWords(error, { kind: 'sending' }).message}\n${arrivalWords(arrival)}`;
  const picked = await notify.warn(question, { modal: true, detail }, ...choices(arrival, number === of));
  return picked?.decision ?? 'stop';
}

function choices(arrival: KnownArrival, isLast: boolean): readonly DecisionItem[] {
  const goOn = { title: isLast ? l10n.t('Finish') : l10n.t('Send Next Message'), decision: 'goOn' } as const;
  const again = { title: l10n.t('Send Again'), decision: 'again' } as const;
  const look = { title: l10n.t('Check Again'), decision: 'look' } as const;
  const stop = { title: l10n.t('Stop'), decision: 'stop', isCloseAffordance: true } as const;
  switch (arrival) {
    case 'answered':
      return [goOn, stop];
    case 'unanswered':
      return [look, goOn, stop];
    case 'missing':
      return [look, again, stop];
    case 'notTaken':
      return [again, stop];
    case 'unknown':
      return [look, stop];
    default:
      return assertNever(arrival);
  }
}
