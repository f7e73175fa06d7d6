import type { ConversationsApi } from '../api/api';
import { ApiError, failsForEveryConversation } from '../api/errors';
import { maxInFlight } from '../api/rateLimits';
import type { Conversation } from '../model/conversation';
import type { Transcript } from '../model/transcript';
import { mapConcurrent } from '../util/mapConcurrent';
import type { ExportAbout, ExportSummary, Serializer } from './format';
import { maskConversation } from './mask';

export interface ExportSource {
  readonly id: string;
  /** Undefined if the conversation was opened by its ID. */
  readonly conversation: Conversation | undefined;
}

/** Progress of an export, and finally what it lacks. */
export interface ExportProgress {
  readonly conversations: number;
  readonly transcriptsMissed: number;
  /** The failure that ended the export early; the user chose to keep the rows so far. */
  readonly stoppedBy: ApiError | undefined;
}

/** The user's choice after a failure that affects all further requests: retry, keep the rows so far, or cancel. */
export type FailureChoice = 'retry' | 'keep' | 'discard';

export interface ExportParts {
  readonly about: ExportAbout;
  readonly serializer: Serializer;
  readonly api: Pick<ConversationsApi, 'origin' | 'getTranscript'>;
  readonly signal: AbortSignal;
  readonly askUser: (error: ApiError) => Promise<FailureChoice>;
  /** Describes why a transcript is missing. */
  readonly formatMissingReason: (error: ApiError) => string;
  readonly createSummary: (progress: ExportProgress) => ExportSummary;
  readonly onProgress: (progress: ExportProgress) => void;
}

interface Attempt {
  readonly source: ExportSource;
  readonly outcome: Transcript | ApiError | undefined;
  /** The number of retries chosen before it started. */
  readonly retries: number;
}

/**
 * Streams the text of an export in the order of `sources`. A transcript that can't be loaded is noted in its place;
 * after a failure that affects all requests, the user is asked.
 * @throws ApiError of kind `cancelled` if the user cancels; errors of `sources`
 */
export class ExportRun {
  private progress: ExportProgress = { conversations: 0, transcriptsMissed: 0, stoppedBy: undefined };
  private retries = 0;

  constructor(private readonly parts: ExportParts) {}

  get result(): ExportProgress {
    return this.progress;
  }

  async *text(sources: AsyncIterable<ExportSource>): AsyncGenerator<string, void, void> {
    const { about, serializer, createSummary, signal } = this.parts;
    yield serializer.begin(about);
    const attempts = mapConcurrent(sources, maxInFlight, (source) => this.attempt(source));
    for await (const first of attempts) {
      const { source, outcome } = await this.retryUntilDecided(first);
      // Rows loaded before the list failed are still written.
      if (outcome instanceof ApiError && outcome === this.progress.stoppedBy) break;
      this.throwIfStopped(signal);
      yield serializer.add(this.toExported(source, outcome));
      const missed = outcome instanceof ApiError ? 1 : 0;
      this.update({
        conversations: this.progress.conversations + 1,
        transcriptsMissed: this.progress.transcriptsMissed + missed,
      });
    }
    this.throwIfStopped(signal);
    yield serializer.end(createSummary(this.progress));
  }

  /** Called if a page of the list can't be loaded. @returns whether to continue */
  async listFailed(error: ApiError): Promise<boolean> {
    return (await this.choose(error)) === 'retry';
  }

  private async attempt(source: ExportSource): Promise<Attempt> {
    const { retries } = this;
    if (!this.parts.about.transcripts) return { source, outcome: undefined, retries };
    try {
      return {
        source,
        outcome: await this.parts.api.getTranscript(source.id, { signal: this.parts.signal, priority: 'background' }),
        retries,
      };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { source, outcome: error, retries };
    }
  }

  private async retryUntilDecided(attempt: Attempt): Promise<Attempt> {
    let current = attempt;
    while (current.outcome instanceof ApiError && failsForEveryConversation(current.outcome)) {
      this.throwIfStopped(this.parts.signal);
      // A failure from before the latest retry is retried without asking.
      const shouldAsk = current.retries === this.retries;
      if (shouldAsk && (await this.choose(current.outcome)) === 'keep') return current;
      current = await this.attempt(current.source);
    }
    return current;
  }

  private async choose(error: ApiError): Promise<Exclude<FailureChoice, 'discard'>> {
    const choice = await this.parts.askUser(error);
    if (choice === 'discard') throw this.createCancelError();
    if (choice === 'keep') this.update({ stoppedBy: error });
    else this.retries += 1;
    return choice;
  }

  private toExported(
    { id, conversation }: ExportSource,
    outcome: Attempt['outcome'],
  ): ReturnType<typeof maskConversation> {
    const failed = outcome instanceof ApiError;
    return maskConversation(
      {
        id,
        conversation,
        transcript: failed ? undefined : outcome,
        missed: failed ? this.parts.formatMissingReason(outcome) : undefined,
      },
      this.parts.about.masked,
    );
  }

  private update(change: Partial<ExportProgress>): void {
    this.progress = { ...this.progress, ...change };
    this.parts.onProgress(this.progress);
  }

  private throwIfStopped(signal: AbortSignal): void {
    if (signal.aborted) throw this.createCancelError();
  }

  private createCancelError(): ApiError {
    return new ApiError({ kind: 'cancelled', origin: this.parts.api.origin });
  }
}
