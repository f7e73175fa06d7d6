import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import type { ApiError } from '../../core/api/errors';
import { mayHaveArrived } from '../../core/running/arrival';
import type { KnownArrival } from '../../core/running/check';
import type { RerunPlan, Unplannable } from '../../core/running/plan';
import type { Refusal } from '../../core/running/testConversations';
import { longestMessage } from '../../core/text/message';
import { sampleBaseUrl } from '../../sample/baseUrl';
import { assertNever } from '../../core/util/assertNever';
import { spokenMessageCount } from './counts';
import { errorWords } from './errors';

/** Why nothing was sent, and what helps. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal) {
    case 'notATest':
      return l10n.t('Only test conversations can be written to, and this is not known to be one.');
    case 'busy':
      return l10n.t('Another message to this conversation has no answer yet. Wait for it.');
    case 'blank':
      return l10n.t('There is nothing to send: the message is empty.');
    case 'tooLong':
      return l10n.t('The message is too long: the platform takes {0} characters at most.', longestMessage);
    default:
      return assertNever(refusal);
  }
}

/** What the history says of a message whose sending failed: a sentence. */
export function arrivalWords(arrival: KnownArrival): string {
  switch (arrival) {
    case 'answered':
      return l10n.t('The conversation has been read again: the message arrived, and it was answered.');
    case 'unanswered':
      return l10n.t('The conversation has been read again: the message arrived, but it has no answer yet.');
    case 'missing':
      return l10n.t(
        'The conversation has been read again: the message is not in it. The server may still be at work on it, so look again before you send it again.',
      );
    case 'notTaken':
      return l10n.t('The message was not taken.');
    case 'unknown':
      return l10n.t('The conversation could not be read again, so nobody knows yet whether the message arrived.');
    default:
      return assertNever(arrival);
  }
}

/** Why a conversation can't be run again. */
export function unplannableWords(why: Unplannable): string {
  switch (why) {
    case 'noAssistant':
      return l10n.t(
        'The conversation is not loaded in the view, so its assistant is not known. Load it there, and try again.',
      );
    case 'noUserMessages':
      return l10n.t('There is nothing to run again: the user said nothing in this conversation.');
    default:
      return assertNever(why);
  }
}

/** What a plan leaves out: a sentence for each reason. */
export function leftOutWords({ leftOut: { blank, tooLong } }: RerunPlan): readonly string[] {
  return [
    ...(blank === 0 ? [] : [l10n.t('Left out, for they have no text: {0}.', spokenMessageCount(blank))]),
    ...(tooLong === 0
      ? []
      : [
          l10n.t(
            'Left out, for they are longer than {0} characters: {1}.',
            longestMessage,
            spokenMessageCount(tooLong),
          ),
        ]),
  ];
}

/** Why no conversation was created; or perhaps one was, where no answer told. */
export function creationFailed(error: ApiError): string {
  const { message } = errorWords(error, { kind: 'creating' });
  if (error.kind === 'rejected' || !mayHaveArrived(error)) return message;
  return `${message} ${l10n.t('The conversation may have been created all the same: it is among the test conversations then.')}`;
}

/** What whoever writes to a test conversation should know. */
export function writingWords({ baseUrl }: Pick<ConversationsApi, 'baseUrl'>, balance: string | undefined): string {
  if (baseUrl === sampleBaseUrl)
    return l10n.t(
      'This is sample data: the replies are made up on this computer, and nothing is booked, sent or charged.',
    );
  const free = l10n.t('Test messages are documented as free.');
  const functions = l10n.t('The assistant runs its real functions: what they book, send or change is real.');
  const left = balance === undefined ? free : l10n.t('{0} The account’s balance is {1}.', free, balance);
  return [functions, left, l10n.t('The API can’t delete what it makes: the conversation stays.')].join('\n');
}
