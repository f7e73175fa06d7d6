import { isDeepStrictEqual } from 'node:util';
import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { type ApiError, toApiError } from '../../core/api/errors';
import type { Transcript } from '../../core/model/transcript';
import type { PollOutcome } from '../../core/store/snapshot';
import type { TranscriptLoader } from '../../core/store/transcripts';
import { Emitter } from '../../core/util/event';
import { notify } from '../notify';
import { roundTrip } from '../roundTrip';
import type { SendOutcome } from '../running/sender';

export type LoadProblem =
  | { readonly kind: 'noKey' }
  /** The current account has another server than the conversation, and gets no request. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'failed'; readonly error: ApiError };

export interface LoaderSource {
  readonly transcripts: TranscriptLoader;
  readonly api: () => ConversationsApi | undefined;
  readonly ready: () => Promise<unknown>;
}

/** Errors that a retry doesn't fix: the conversation is gone, or not accessible with this key. */
const lastingErrors: ReadonlySet<ApiError['kind']> = new Set(['notFound', 'forbidden', 'rejected']);

/** Loads a panel's transcript, and retains the previous one until a newer one has loaded. */
export class ConversationLoader {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  private aborter: AbortController | undefined;
  private loaded: { readonly transcript: Transcript; readonly number: number } | undefined;
  private currentProblem: LoadProblem | undefined;
  private hasNoApi = false;

  /**
   * @param ownOrigin the origin that the conversation belongs to; undefined takes the first one that is asked
   * @param nextNumber numbers transcripts, to distinguish them without comparing their content
   */
  constructor(
    private readonly source: LoaderSource,
    readonly id: string,
    private ownOrigin: string | undefined,
    private readonly nextNumber: () => number,
  ) {}

  get origin(): string | undefined {
    return this.ownOrigin;
  }

  get isBusy(): boolean {
    return this.aborter !== undefined;
  }

  get transcript(): Transcript | undefined {
    return this.loaded?.transcript;
  }

  /** Number of the transcript; 0 if there is none. */
  get number(): number {
    return this.loaded?.number ?? 0;
  }

  get problem(): LoadProblem | undefined {
    return this.currentProblem;
  }

  get currentOrigin(): string | undefined {
    return this.source.api()?.origin;
  }

  /** Whether the current account has another server than the conversation. */
  get isElsewhere(): boolean {
    const api = this.source.api();
    return api !== undefined && this.ownOrigin !== undefined && api.origin !== this.ownOrigin;
  }

  /** Whether there is no API to reload it; false until that is known. */
  get isOrphaned(): boolean {
    return this.hasNoApi;
  }

  /** Loads or reloads the transcript. Never rejects: `problem` has the cause of a failure. */
  async load(): Promise<void> {
    this.aborter?.abort();
    const aborter = new AbortController();
    this.aborter = aborter;
    this.currentProblem = undefined;
    this.changed.fire();
    const outcome = await this.request(aborter.signal);
    // Another load has started, or the panel is closed.
    if (this.aborter !== aborter) return;
    this.aborter = undefined;
    if (outcome.kind === 'found') this.loaded = { transcript: outcome.transcript, number: this.nextNumber() };
    else this.currentProblem = outcome;
    this.changed.fire();
  }

  /** Whether polling can succeed. */
  get isPollable(): boolean {
    const api = this.source.api();
    const isRefused = this.currentProblem?.kind === 'failed' && lastingErrors.has(this.currentProblem.error.kind);
    return api !== undefined && !this.isElsewhere && !isRefused;
  }

  /** Reloads with low priority. Temporary failures, and a load in progress, don't change the state. */
  async poll(signal: AbortSignal): Promise<PollOutcome> {
    const api = this.source.api();
    if (api === undefined || this.isBusy || !this.isPollable) return { kind: 'skipped' };
    const before = this.loaded;
    const isStale = (): boolean => signal.aborted || this.isBusy || this.loaded !== before || this.source.api() !== api;
    try {
      const transcript = await this.source.transcripts.load(api, this.id, signal, 'background');
      if (isStale()) return { kind: 'skipped' };
      const isOther = !isDeepStrictEqual(transcript.raw, before?.transcript.raw);
      if (isOther) this.loaded = { transcript, number: this.nextNumber() };
      if (!isOther && this.currentProblem === undefined) return { kind: 'read' };
      this.currentProblem = undefined;
      this.changed.fire();
      return { kind: 'read' };
    } catch (cause) {
      const error = toApiError(cause, api.origin);
      if (isStale() || error.kind === 'cancelled') return { kind: 'skipped' };
      if (!lastingErrors.has(error.kind)) return { kind: 'failed', error };
      this.currentProblem = { kind: 'failed', error };
      this.changed.fire();
      return { kind: 'read' };
    }
  }

  /** Restarts a pending load, and retries a load that failed because of the previous session. */
  handleSessionChange(): void {
    if (this.isBusy || this.canRetry()) void this.load();
    void this.checkApi();
  }

  dispose(): void {
    this.aborter?.abort();
    this.aborter = undefined;
    this.changed.dispose();
  }

  private async request(
    signal: AbortSignal,
  ): Promise<LoadProblem | { readonly kind: 'found'; readonly transcript: Transcript }> {
    await this.source.ready();
    const api = this.source.api();
    if (api === undefined) return { kind: 'noKey' };
    this.ownOrigin ??= api.origin;
    if (api.origin !== this.ownOrigin) return { kind: 'elsewhere' };
    try {
      return { kind: 'found', transcript: await this.source.transcripts.load(api, this.id, signal) };
    } catch (error) {
      return { kind: 'failed', error: toApiError(error, api.origin) };
    }
  }

  /** Waits, because there is briefly no API between two sessions. */
  private async checkApi(): Promise<void> {
    await this.source.ready();
    this.hasNoApi = this.source.api() === undefined;
    this.changed.fire();
  }

  private canRetry(): boolean {
    const api = this.source.api();
    if (api === undefined || this.currentProblem === undefined || this.isElsewhere) return false;
    return (
      this.currentProblem.kind !== 'failed' ||
      ['unauthorized', 'forbidden', 'cancelled'].includes(this.currentProblem.error.kind)
    );
  }
}

/**
 * Shows why a message wasn't sent, unless the conversation's page is visible and shows it.
 * @param reopen shows the conversation with the unsent message
 */
export async function reportUnseenFailure(
  outcome: SendOutcome,
  isVisible: () => boolean,
  reopen: () => void,
): Promise<void> {
  if (outcome.kind !== 'failed') return;
  // Waits for the event of a tab that was just closed.
  await roundTrip();
  if (isVisible()) return;
  const open = l10n.t('Open Conversation');
  if ((await notify.error(outcome.message, open)) === open) reopen();
}
