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

/** Why the last reading brought nothing. */
export type ReadingProblem =
  | { readonly kind: 'noKey' }
  /** Another origin is current than the one that the conversation belongs to: it is not asked. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'failed'; readonly error: ApiError };

export interface ReadingSource {
  readonly transcripts: TranscriptLoader;
  readonly api: () => ConversationsApi | undefined;
  readonly ready: () => Promise<unknown>;
}

/** What asking again does not mend: the conversation is gone, or not for this key. */
const lasting: ReadonlySet<ApiError['kind']> = new Set(['notFound', 'forbidden', 'rejected']);

/** One conversation's transcript as a panel knows it: what was read last stays until something newer has come. */
export class Reading {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  private current: AbortController | undefined;
  private found: { readonly transcript: Transcript; readonly number: number } | undefined;
  private wrong: ReadingProblem | undefined;
  private keyless = false;

  /**
   * @param home the origin that the conversation belongs to; undefined takes the first one that is asked
   * @param nextNumber numbers transcripts, so that two are told apart without comparing them
   */
  constructor(
    private readonly source: ReadingSource,
    readonly id: string,
    private home: string | undefined,
    private readonly nextNumber: () => number,
  ) {}

  get origin(): string | undefined {
    return this.home;
  }

  get busy(): boolean {
    return this.current !== undefined;
  }

  get transcript(): Transcript | undefined {
    return this.found?.transcript;
  }

  /** Which transcript it is; 0 for none. */
  get number(): number {
    return this.found?.number ?? 0;
  }

  get problem(): ReadingProblem | undefined {
    return this.wrong;
  }

  /** Where requests go now. */
  get currentOrigin(): string | undefined {
    return this.source.api()?.origin;
  }

  /** Whether another origin is current than the one that this belongs to. */
  get isElsewhere(): boolean {
    const api = this.source.api();
    return api !== undefined && this.home !== undefined && api.origin !== this.home;
  }

  /** Whether there is no API any more to read it again with; false while that is not settled. */
  get isOrphaned(): boolean {
    return this.keyless;
  }

  /** Reads it from the server, again where that was done before. Never rejects: `problem` says what went wrong. */
  async read(): Promise<void> {
    this.current?.abort();
    const current = new AbortController();
    this.current = current;
    this.wrong = undefined;
    this.changed.fire();
    const outcome = await this.attempt(current.signal);
    // Another reading began meanwhile, or nobody looks any more.
    if (this.current !== current) return;
    this.current = undefined;
    if (outcome.kind === 'found') this.found = { transcript: outcome.transcript, number: this.nextNumber() };
    else this.wrong = outcome;
    this.changed.fire();
  }

  /** Whether polling asks the server: not for what it refuses, nor for what is elsewhere. */
  get isPolled(): boolean {
    const api = this.source.api();
    const isRefused = this.wrong?.kind === 'failed' && lasting.has(this.wrong.error.kind);
    return api !== undefined && !this.isElsewhere && !isRefused;
  }

  /**
   * Reads it again behind all other requests. Only another transcript is a change, or that the server refuses it for good,
   * or that it can be read again: what is looked at does not seem busy, and stays as it is over a failure that may pass.
   */
  async poll(signal: AbortSignal): Promise<PollOutcome> {
    const api = this.source.api();
    if (api === undefined || this.busy || !this.isPolled) return { kind: 'given up' };
    const before = this.found;
    const isStale = (): boolean => signal.aborted || this.busy || this.found !== before || this.source.api() !== api;
    try {
      const transcript = await this.source.transcripts.load(api, this.id, signal, 'background');
      if (isStale()) return { kind: 'given up' };
      const isOther = !isDeepStrictEqual(transcript.raw, before?.transcript.raw);
      if (isOther) this.found = { transcript, number: this.nextNumber() };
      if (!isOther && this.wrong === undefined) return { kind: 'read' };
      this.wrong = undefined;
      this.changed.fire();
      return { kind: 'read' };
    } catch (cause) {
      const error = toApiError(cause, api.origin);
      if (isStale() || error.kind === 'cancelled') return { kind: 'given up' };
      if (!lasting.has(error.kind)) return { kind: 'failed', error };
      this.wrong = { kind: 'failed', error };
      this.changed.fire();
      return { kind: 'read' };
    }
  }

  /** What was asked under the session before is given up; what failed for want of a session is tried again. */
  sessionChanged(): void {
    if (this.busy || this.isMended()) void this.read();
    void this.settle();
  }

  dispose(): void {
    this.current?.abort();
    this.current = undefined;
    this.changed.dispose();
  }

  private async attempt(
    signal: AbortSignal,
  ): Promise<ReadingProblem | { readonly kind: 'found'; readonly transcript: Transcript }> {
    await this.source.ready();
    const api = this.source.api();
    if (api === undefined) return { kind: 'noKey' };
    this.home ??= api.origin;
    if (api.origin !== this.home) return { kind: 'elsewhere' };
    try {
      return { kind: 'found', transcript: await this.source.transcripts.load(api, this.id, signal) };
    } catch (error) {
      return { kind: 'failed', error: toApiError(error, api.origin) };
    }
  }

  /** Between two sessions there is no API for a moment: nothing to tell the reader of. */
  private async settle(): Promise<void> {
    await this.source.ready();
    this.keyless = this.source.api() === undefined;
    this.changed.fire();
  }

  private isMended(): boolean {
    const api = this.source.api();
    if (api === undefined || this.wrong === undefined || this.isElsewhere) return false;
    return this.wrong.kind !== 'failed' || ['unauthorized', 'forbidden', 'cancelled'].includes(this.wrong.error.kind);
  }
}

/**
 * Says why a message was not sent, where no page on the screen does.
 * @param isSeen whether the page that it was written on is on the screen, with that conversation
 * @param reopen shows the conversation, with the message to be sent again
 */
export async function tellUnseen(outcome: SendOutcome, isSeen: () => boolean, reopen: () => void): Promise<void> {
  if (outcome.kind !== 'failed') return;
  // A tab may be closed already, and this not be told of it yet.
  await roundTrip();
  if (isSeen()) return;
  const open = l10n.t('Open Conversation');
  if ((await notify.error(outcome.message, open)) === open) reopen();
}
