import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import type { ApiError } from '../../core/api/errors';
import { type KnownArrival, mayHaveArrived } from '../../core/running/arrival';
import type { RerunPlan, RerunProblem } from '../../core/running/rerun';
import type { Refusal } from '../../core/running/testConversations';
import { maxMessageChars } from '../../core/text/message';
import { assertNever } from '../../core/util/assertNever';
import { sampleBaseUrl } from '../../sample/baseUrl';
import { formatSpokenMessageCount } from './counts';
import { formatError } from './errors';

export function formatRefusal(refusal: Refusal): string {
  switch (refusal) {
    case 'notATest':
      return l10n.t(
        "You can send messages only to test conversations. This one isn't known to be a test conversation.",
      );
    case 'busy':
      return l10n.t('A previous message is still waiting for a reply. Try again when it arrives.');
    case 'blank':
      return l10n.t('Enter a message to send.');
    case 'tooLong':
      return l10n.t('The message is too long. The limit is {0} characters.', maxMessageChars);
    default:
      return assertNever(refusal);
  }
}

/** Explains what the reloaded transcript shows about a message after an error. */
export function formatArrival(arrival: KnownArrival): string {
  switch (arrival) {
    case 'answered':
      return l10n.t('The conversation was reloaded. The message was delivered and has a reply.');
    case 'unanswered':
      return l10n.t('The conversation was reloaded. The message was delivered but has no reply yet.');
    case 'missing':
      return l10n.t(
        "The conversation was reloaded. The message isn't in it. The server may still be processing it, so check again before you resend it.",
      );
    case 'notTaken':
      return l10n.t("The message wasn't delivered.");
    case 'unknown':
      return l10n.t("The conversation couldn't be reloaded, so it's unclear whether the message was delivered.");
    default:
      return assertNever(arrival);
  }
}

export function formatUnplannable(why: RerunProblem): string {
  switch (why) {
    case 'noAssistant':
      return l10n.t(
        "The conversation isn't loaded in the view, so its assistant is unknown. Load it there, then try again.",
      );
    case 'noUserMessages':
      return l10n.t("There's nothing to rerun: this conversation has no user messages.");
    default:
      return assertNever(why);
  }
}

export function formatSkipped({ leftOut: { blank, tooLong } }: RerunPlan): readonly string[] {
  return [
    ...(blank === 0 ? [] : [l10n.t('Skips {0} without text.', formatSpokenMessageCount(blank))]),
    ...(tooLong === 0
      ? []
      : [l10n.t('Skips {1} longer than {0} characters.', maxMessageChars, formatSpokenMessageCount(tooLong))]),
  ];
}

/** Mentions that the conversation may exist if no response arrived. */
export function formatCreationError(error: ApiError): string {
  const { message } = formatError(error, { kind: 'creating' });
  if (error.kind === 'rejected' || !mayHaveArrived(error)) return message;
  return `${message} ${l10n.t("The conversation may have been created anyway. If so, it's listed under Test.")}`;
}

/** Explains the consequences of sending messages to a test conversation. */
export function formatSendWarning({ baseUrl }: Pick<ConversationsApi, 'baseUrl'>, balance: string | undefined): string {
  if (baseUrl === sampleBaseUrl)
    return l10n.t(
      'This is sample data: the replies are made up on this computer, and nothing is booked, sent or charged.',
    );
  const free = l10n.t('Test messages are free, according to the API documentation.');
  const functions = l10n.t('The assistant runs its real tools: anything they book, send, or change is real.');
  const left = balance === undefined ? free : l10n.t('{0} Account balance: {1}.', free, balance);
  return [functions, left, l10n.t("The API can't delete conversations, so the new one stays on the server.")].join(
    '\n',
  );
}
