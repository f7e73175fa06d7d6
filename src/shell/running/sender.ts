import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import { checkArrival } from '../../core/running/arrival';
import { type TestConversations, WritingRefused, type WritingTarget } from '../../core/running/testConversations';
import { formatDollars } from '../../core/text/cost';
import { Emitter } from '../../core/util/event';
import { sampleBaseUrl } from '../../sample/baseUrl';
import { notify } from '../notify';
import { formatError } from '../format/errors';
import { formatArrival, formatRefusal, formatSendWarning } from '../format/running';

export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'declined' }
  /** `isDelivered`: the transcript has the message in spite of the failure, so it must not be sent again. */
  | { readonly kind: 'failed'; readonly message: string; readonly isDelivered: boolean };

interface Sending {
  readonly target: WritingTarget;
  readonly message: string;
  readonly before: number;
  readonly signal: AbortSignal;
}

/** Sends the user's messages, after consent once per window and server. */
export class TestSender {
  private readonly confirmedUrls = new Set<string>();
  /** JSON of base URL and assistant, whose reruns aren't confirmed again in this window. */
  readonly rerunConsents = new Set<string>();
  private readonly sent = new Emitter<string>();
  /** Fires with the conversation's ID. */
  readonly onDidSend = this.sent.event;

  constructor(
    readonly tests: TestConversations,
    readonly api: () => ConversationsApi | undefined,
  ) {}

  isWritable(target: WritingTarget): boolean {
    const api = this.api();
    return api !== undefined && this.tests.isWritable(api, target);
  }

  isSending(id: string): boolean {
    const api = this.api();
    return api !== undefined && this.tests.isSending(api, id);
  }

  /** Asks for consent to write to this server, unless the user has given it in this window. */
  async confirmServer(api: ConversationsApi): Promise<boolean> {
    if (this.confirmedUrls.has(api.baseUrl)) return true;
    if (!(await askForConsent(api))) return false;
    this.confirmedUrls.add(api.baseUrl);
    return true;
  }

  /**
   * Sends once. After a failure it checks whether the transcript has the message.
   * @param before number of user messages in the conversation
   * @param signal aborted to wait no longer for the reply
   */
  async send(
    target: WritingTarget,
    message: string,
    before: number,
    signal = new AbortController().signal,
  ): Promise<SendOutcome> {
    const outcome = await this.sendOnce(this.api(), { target, message, before, signal });
    if (outcome.kind === 'sent' || (outcome.kind === 'failed' && outcome.isDelivered)) this.sent.fire(target.id);
    return outcome;
  }

  private async sendOnce(
    api: ConversationsApi | undefined,
    { target, message, before, signal }: Sending,
  ): Promise<SendOutcome> {
    if (api === undefined || !this.tests.isWritable(api, target)) return createFailure(formatRefusal('notATest'));
    if (!(await this.confirmServer(api))) return { kind: 'declined' };
    if (signal.aborted) return { kind: 'declined' };
    if (this.api() !== api) return createFailure(l10n.t('Message not sent: the account or API key changed.'));
    try {
      await this.tests.send(api, target, message, { signal });
      return { kind: 'sent' };
    } catch (error) {
      if (error instanceof WritingRefused) return createFailure(formatRefusal(error.refusal));
      if (!(error instanceof ApiError)) throw error;
      const { arrival } = await checkArrival(api, { id: target.id, message, before }, error);
      const why = signal.aborted
        ? l10n.t('Stopped waiting for the reply.')
        : formatError(error, { kind: 'sending' }).message;
      return createFailure(`${why} ${formatArrival(arrival)}`, arrival === 'answered' || arrival === 'unanswered');
    }
  }
}

async function askForConsent(api: ConversationsApi): Promise<boolean> {
  const allow = l10n.t('Allow');
  const detail = [
    formatSendWarning(api, await loadBalance(api)),
    l10n.t("You won't be asked again in this window."),
  ].join('\n');
  const question =
    api.baseUrl === sampleBaseUrl
      ? l10n.t('Write to test conversations of the sample data?')
      : l10n.t("Send messages to this account's test conversations?");
  return (await notify.info(question, { modal: true, detail }, allow)) === allow;
}

function createFailure(message: string, isDelivered = false): SendOutcome {
  return { kind: 'failed', message, isDelivered };
}

const balanceTimeoutMs = 3000;

/** Returns the account's balance, such as "$41.25", if the server reports it soon. */
export async function loadBalance(api: ConversationsApi): Promise<string | undefined> {
  try {
    const { balance } = await api.getKeyOwner({ signal: AbortSignal.timeout(balanceTimeoutMs) });
    return balance === undefined ? undefined : formatDollars(balance);
  } catch (error) {
    // Not every server has this endpoint; the log has the failure.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
