import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import { checkArrival } from '../../core/running/arrival';
import { type TestConversations, WritingRefused, type WritingTarget } from '../../core/running/testConversations';
import { formatDollars } from '../../core/text/cost';
import { Emitter } from '../../core/util/event';
import { sampleBaseUrl } from '../../sample/baseUrl';
import { notify } from '../notify';
import { errorWords } from '../format/errors';
import { arrivalWords, refusalWords, writingWords } from '../format/running';

export type SendOutcome =
  | { readonly kind: 'sent' }
  /** The user was asked, and would not. */
  | { readonly kind: 'declined' }
  /** `arrived` where the history has the message all the same: it must not be sent again. */
  | { readonly kind: 'failed'; readonly message: string; readonly arrived: boolean };

/** Sends what a person wrote, after having asked once in this window for each server. */
export class TestSender {
  /** Addresses of APIs. */
  private readonly confirmedUrls = new Set<string>();
  private readonly sent = new Emitter<string>();
  /** Fires with the id of a conversation that has another message. */
  readonly onDidSend = this.sent.event;

  constructor(
    readonly tests: TestConversations,
    /** The current account's. */
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
  /** Whether the user agrees to write to this server: asked until it was agreed to, then never again in this window. */
  async confirmServer(api: ConversationsApi): Promise<boolean> {
    if (this.confirmedUrls.has(api.baseUrl)) return true;
    if (!(await askForConsent(api))) return false;
    this.confirmedUrls.add(api.baseUrl);
    return true;
  }

  /**
   * Sends once. After a failure the history is read, and the user told whether the message is there.
   * @param before how many messages of the user's the conversation has
   */
  async send(target: WritingTarget, message: string, before: number): Promise<SendOutcome> {
    const outcome = await sendOnce(this, this.api(), { target, message, before });
    if (outcome.kind === 'sent' || (outcome.kind === 'failed' && outcome.arrived)) this.sent.fire(target.id);
    return outcome;
  }
}

/** Asks whether to write to this server. */
async function askForConsent(api: ConversationsApi): Promise<boolean> {
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

interface SendRequest {
  readonly target: WritingTarget;
  readonly message: string;
  /** How many messages of the user's the conversation has. */
  readonly before: number;
}

/** Sends a message, see `TestSender.send`. @param api whose conversation it is */
async function sendOnce(
  sender: TestSender,
  api: ConversationsApi | undefined,
  { target, message, before }: SendRequest,
): Promise<SendOutcome> {
  const { tests } = sender;
  if (api === undefined || !tests.isWritable(api, target)) return createFailure(refusalWords('notATest'));
  if (!(await sender.confirmServer(api))) return { kind: 'declined' };
  if (sender.api() !== api) return createFailure(l10n.t('Message not sent: the account or API key changed.'));
  try {
    await tests.send(api, target, message, { signal: new AbortController().signal });
    return { kind: 'sent' };
  } catch (error) {
    if (error instanceof WritingRefused) return createFailure(refusalWords(error.refusal));
    if (!(error instanceof ApiError)) throw error;
    const arrival = await checkArrival(api, { id: target.id, message, before }, error);
    const words = `${errorWords(error, { kind: 'sending' }).message} ${arrivalWords(arrival)}`;
    return createFailure(words, arrival === 'answered' || arrival === 'unanswered');
  }
}

function createFailure(message: string, arrived = false): SendOutcome {
  return { kind: 'failed', message, arrived };
}

/** Milliseconds: the balance is good to know, and not worth waiting for. */
const balanceTimeoutMs = 3000;

/** "$41.25", the account's balance; undefined where the server does not tell, or not soon. */
export async function balanceOf(api: ConversationsApi): Promise<string | undefined> {
  try {
    const { balance } = await api.getKeyOwner({ signal: AbortSignal.timeout(balanceTimeoutMs) });
    return balance === undefined ? undefined : formatDollars(balance);
  } catch (error) {
    // Not every server of the family has the call; its failure is in the log.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
