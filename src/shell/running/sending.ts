import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import { checkArrival } from '../../core/running/check';
import { WritingRefused, type WritingTarget } from '../../core/running/testConversations';
import { sampleBaseUrl } from '../../sample/baseUrl';
import { notify } from '../notify';
import { errorWords } from '../words/errors';
import { arrivalWords, refusalWords, writingWords } from '../words/running';
import { balanceOf } from './balance';
import type { SendOutcome, TestSender } from './sender';

/** Asks whether to write to this server. */
export async function askToWrite(api: ConversationsApi): Promise<boolean> {
  const go = l10n.t('Allow');
  const detail = [writingWords(api, await balanceOf(api)), l10n.t("You won't be asked again in this window.")].join(
    '\n',
  );
  const question =
    api.baseUrl === sampleBaseUrl
      ? l10n.t('Write to test conversations of the sample data?')
      : l10n.t("Send messages to this account's test conversations?");
  return (await notify.info(question, { modal: true, detail }, go)) === go;
}

interface Sent {
  readonly target: WritingTarget;
  readonly message: string;
  /** How many messages of the user's the conversation has. */
  readonly before: number;
}

/** Sends a message, see `TestSender.send`. @param api whose conversation it is */
export async function sendOnce(
  sender: TestSender,
  api: ConversationsApi | undefined,
  { target, message, before }: Sent,
): Promise<SendOutcome> {
  const { tests } = sender;
  if (api === undefined || !tests.isWritable(api, target)) return failed(refusalWords('notATest'));
  if (!(await sender.isAgreed(api))) return { kind: 'declined' };
  if (sender.api() !== api) return failed(l10n.t('Message not sent: the account or API key changed.'));
  try {
    await tests.send(api, target, message, { signal: new AbortController().signal });
    return { kind: 'sent' };
  } catch (error) {
    if (error instanceof WritingRefused) return failed(refusalWords(error.refusal));
    if (!(error instanceof ApiError)) throw error;
    const arrival = await checkArrival(api, { id: target.id, message, before }, error);
    const words = `${errorWords(error, { kind: 'sending' }).message} ${arrivalWords(arrival)}`;
    return failed(words, arrival === 'answered' || arrival === 'unanswered');
  }
}

function failed(message: string, arrived = false): SendOutcome {
  return { kind: 'failed', message, arrived };
}
