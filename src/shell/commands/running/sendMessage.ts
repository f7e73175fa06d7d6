import { l10n, ProgressLocation, window } from 'vscode';
import { userMessagesIn } from '../../../core/running/arrival';
import { messageProblem } from '../../../core/text/message';
import { notify } from '../../notify';
import { reportError } from '../../report';
import { refusalWords } from '../../words/running';
import type { ConversationTarget } from '../../targets';
import { targetsOrHint } from '../copy/deps';
import { readTranscripts } from '../copy/readTranscripts';
import type { RunningDeps } from './deps';

/** `Send Message…`: asks for a message to the one test conversation that is selected or shown, and shows the answer. */
export function createSendMessage(deps: RunningDeps) {
  return async (...args: unknown[]): Promise<void> => {
    const [target, another] = targetsOrHint(deps, args);
    if (target === undefined) return;
    const api = await deps.api();
    if (another !== undefined) {
      void notify.info(l10n.t('Select a single conversation to send a message to.'));
    } else if (api === undefined || !deps.sender.isWritable(target)) {
      void notify.info(refusalWords('notATest'));
    } else {
      // What is there before is counted, to tell later whether a message arrived whose answer was lost.
      const read = await readTranscripts(api, [target]);
      const [found] = read?.read ?? [];
      for (const error of read?.failures ?? []) reportError(error, { kind: 'readingTranscript' });
      if (found === undefined || (await deps.api()) !== api || !(await deps.sender.isAgreed(api))) return;
      await writeAndSend(deps, target, userMessagesIn(found.transcript.turns));
    }
  };
}

/** Asks again with the same text where it could not be sent. */
async function writeAndSend(
  { sender, open, readAgain }: RunningDeps,
  target: ConversationTarget,
  before: number,
): Promise<void> {
  let value = '';
  for (;;) {
    const message = await window.showInputBox({
      title: l10n.t('Send Message'),
      prompt: l10n.t('The assistant replies and runs its real tools.'),
      value,
      ignoreFocusOut: true,
      validateInput: (text) => wrongWith(text),
    });
    if (message === undefined) return;
    const options = { location: ProgressLocation.Notification, title: l10n.t("Waiting for the assistant's reply") };
    const outcome = await window.withProgress(options, () => sender.send(target, message, before));
    if (outcome.kind === 'declined') return;
    if (outcome.kind === 'sent' || outcome.arrived) {
      open(target.id, false);
      await readAgain(target.id);
    }
    if (outcome.kind === 'sent') return;
    const again = l10n.t('Edit and Resend');
    const offered = outcome.arrived ? [] : [again];
    if ((await notify.error(outcome.message, ...offered)) !== again) return;
    value = message;
  }
}

function wrongWith(text: string): string | undefined {
  const problem = messageProblem(text);
  return problem === undefined ? undefined : refusalWords(problem);
}
