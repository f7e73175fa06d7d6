import { l10n, window } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import { checkArrival } from '../../core/running/check';
import { WritingRefused, type TestConversations, type WritingTarget } from '../../core/running/testConversations';
import { errorWords } from '../words/errors';
import { arrivalWords, refusalWords, writingWords } from '../words/running';
import { balanceOf } from './balance';

export type SendOutcome =
  | { readonly kind: 'sent' }
  /** The user was asked, and would not. */
  | { readonly kind: 'declined' }
  /** `arrived` where the history has the message all the same: it must not be sent again. */
  | { readonly kind: 'failed'; readonly message: string; readonly arrived: boolean };

/** Sends what a person wrote, after having asked once in this window for each server. */
export class TestSender {
  /** Addresses of APIs. */
  private readonly agreed = new Set<string>();

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
  async isAgreed(api: ConversationsApi): Promise<boolean> {
    if (this.agreed.has(api.baseUrl)) return true;
    const go = l10n.t('Write');
    const detail = [writingWords(await balanceOf(api)), l10n.t('You are asked once in this window.')].join('\n');
    const question = l10n.t('Write to test conversations of this account?');
    if ((await window.showInformationMessage(question, { modal: true, detail }, go)) !== go) return false;
    this.agreed.add(api.baseUrl);
    return true;
  }

  /**
   * Sends once. After a failure the history is read, and the user told whether the message is there.
   * @param before how many messages of the user's the conversation has
   */
  async send(target: WritingTarget, message: string, before: number): Promise<SendOutcome> {
    const api = this.api();
    if (api === undefined || !this.tests.isWritable(api, target)) return failed(refusalWords('notATest'));
    if (!(await this.isAgreed(api))) return { kind: 'declined' };
    if (this.api() !== api) return failed(l10n.t('Nothing was sent: the account or key changed.'));
    try {
      await this.tests.send(api, target, message, { signal: new AbortController().signal });
      return { kind: 'sent' };
    } catch (error) {
      if (error instanceof WritingRefused) return failed(refusalWords(error.refusal));
      if (!(error instanceof ApiError)) throw error;
      const arrival = await checkArrival(api, { id: target.id, message, before }, error);
      const words = `${errorWords(error, { kind: 'sending' }).message} ${arrivalWords(arrival)}`;
      return failed(words, arrival === 'answered' || arrival === 'unanswered');
    }
  }
}

function failed(message: string, arrived = false): SendOutcome {
  return { kind: 'failed', message, arrived };
}
