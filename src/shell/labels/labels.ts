import type { Annotation } from '../../core/model/annotation';
import type { Conversation } from '../../core/model/conversation';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../core/util/event';
import { settleWithin } from '../../core/util/timeout';
import {
  type LabelsFileProblem,
  type LabelsDocument,
  noLabels,
  parseLabels,
  serializeLabels,
  withAnnotations,
} from '../../core/view/labelsFile';
import { hashLabelKey, hashLabelKeyOfRow } from '../../core/view/annotations';

/** The labels file, which is read and replaced as a whole. */
export interface LabelsStorage extends Disposable {
  /** Whether a folder is open. */
  readonly isAvailable: boolean;
  /** Returns undefined if there is no file. @throws UnreadableFile or a file system error */
  read(): Promise<string | undefined>;
  /**
   * Replaces the file if it still has the text `before`; undefined means no file.
   * @returns whether the file was replaced
   * @throws a file system error; then the file is unchanged
   */
  replace(text: string, before: string | undefined): Promise<boolean>;
  /** Fires when the file may have changed. */
  readonly onDidChange: Event<void>;
}

export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(readonly problem: 'tooLarge' | 'notText') {
    super(problem);
  }
}

/** `writing`: a label or note wasn't saved because of the problem. */
export type LabelsProblem =
  | { readonly kind: 'noFolder' }
  /** Without a key the conversation's server is unknown. */
  | { readonly kind: 'noServer' }
  | {
      readonly kind: 'broken';
      readonly problem: LabelsFileProblem | { readonly kind: UnreadableFile['problem'] };
      readonly writing: boolean;
    }
  /** Invalid entries, which stay unchanged in the file. */
  | { readonly kind: 'rejected'; readonly count: number }
  /** The changed conversation has an invalid entry. */
  | { readonly kind: 'entry' }
  /** Another program keeps changing the file. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly writing: boolean };

export interface LabelsSource {
  readonly storage: LabelsStorage;
  origin(): string | undefined;
  report(problem: LabelsProblem): void;
  /** Logs an error of a listener. */
  logDefect(error: unknown): void;
}

/** The tree waits for the labels at most this long. */
const firstReadTimeoutMs = 1500;
const maxWriteAttempts = 5;

/** The user's labels and notes. A change is shown once it is in the file. An invalid file is never overwritten. */
export class Labels implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  /** Resolves when the file has been read once, or takes too long. */
  readonly ready: Promise<void>;

  private document: LabelsDocument = noLabels;
  /** The file's text; undefined without a file, null before reading. */
  private text: string | undefined | null = null;
  private reportedBroken: string | undefined;
  private reportedFailure: string | undefined;
  private reportedRejected = 0;
  /** Serializes reads and writes. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly source: LabelsSource) {
    this.owned.add(source.storage);
    this.owned.add(source.storage.onDidChange(() => void this.reload()));
    this.ready = settleWithin(firstReadTimeoutMs, this.reload());
  }

  get isAvailable(): boolean {
    return this.source.storage.isAvailable;
  }

  of(origin: string | undefined, id: string): Annotation | undefined {
    const { annotations } = this.document;
    return origin === undefined || annotations.size === 0 ? undefined : annotations.get(hashLabelKey(origin, id));
  }

  /** Finds the annotation of a row of the current account. */
  readonly ofRow = (row: Conversation): Annotation | undefined => {
    const { annotations } = this.document;
    // Skips the hashing if there are no annotations.
    const origin = annotations.size === 0 ? undefined : this.source.origin();
    return origin === undefined ? undefined : annotations.get(hashLabelKeyOfRow(origin, row));
  };

  /** Edits annotations, and reports a failure. @returns whether they were saved */
  change(
    origin: string | undefined,
    ids: readonly string[],
    edit: (before: Annotation) => Annotation,
  ): Promise<boolean> {
    if (origin === undefined || !this.isAvailable) {
      this.source.report({ kind: this.isAvailable ? 'noServer' : 'noFolder' });
      return Promise.resolve(false);
    }
    const keys = ids.map((id) => hashLabelKey(origin, id));
    return this.enqueue(() => this.write(keys, edit), true);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private reload(): Promise<boolean> {
    return this.enqueue(async () => (await this.read(false)).kind === 'read', false);
  }

  /** Reports unexpected errors too, so that the queue continues. */
  private enqueue(work: () => Promise<boolean>, writing: boolean): Promise<boolean> {
    const done = this.queue.then(work).catch((error: unknown) => {
      this.reportFailure(error, writing);
      return false;
    });
    this.queue = done;
    return done;
  }

  private async read(
    writing: boolean,
  ): Promise<{ readonly kind: 'read'; readonly text: string | undefined } | { readonly kind: 'not' }> {
    const { storage } = this.source;
    let text: string | undefined;
    try {
      text = storage.isAvailable ? await storage.read() : undefined;
    } catch (error) {
      if (error instanceof UnreadableFile) this.reportBroken({ kind: error.problem }, error.problem, writing);
      else this.reportFailure(error, writing);
      return { kind: 'not' };
    }
    // The file is read whenever the window gets the focus, and is mostly unchanged.
    const parsed = text === undefined || text === this.text ? undefined : parseLabels(text);
    if (parsed?.kind === 'broken') {
      this.reportBroken(parsed.problem, `text ${text}`, writing);
      return { kind: 'not' };
    }
    this.reportedBroken = undefined;
    this.reportedFailure = undefined;
    this.apply(text, parsed?.document ?? noLabels);
    return { kind: 'read', text };
  }

  private async write(keys: readonly string[], edit: (before: Annotation) => Annotation): Promise<boolean> {
    const { storage, report } = this.source;
    for (let tries = 0; tries < maxWriteAttempts; tries += 1) {
      const before = await this.read(true);
      if (before.kind === 'not') return false;
      if (keys.some((key) => this.document.rejected.has(key))) {
        report({ kind: 'entry' });
        return false;
      }
      const { annotations } = this.document;
      const after = withAnnotations(this.document, new Map(keys.map((key) => [key, edit(annotations.get(key) ?? {})])));
      const text = serializeLabels(after);
      if (text === serializeLabels(this.document)) return true;
      try {
        if (!(await storage.replace(text, before.text))) continue;
      } catch (error) {
        this.reportFailure(error, true);
        return false;
      }
      this.apply(text, after);
      return true;
    }
    report({ kind: 'busy' });
    return false;
  }

  private apply(text: string | undefined, document: LabelsDocument): void {
    if (text === this.text) return;
    this.text = text;
    this.document = document;
    if (document.rejected.size > this.reportedRejected)
      this.source.report({ kind: 'rejected', count: document.rejected.size });
    this.reportedRejected = document.rejected.size;
    try {
      this.changed.fire();
    } catch (error) {
      this.source.logDefect(error);
    }
  }

  /** Reports once for the same text, unless the user changes a label. */
  private reportBroken(
    problem: Extract<LabelsProblem, { kind: 'broken' }>['problem'],
    what: string,
    writing: boolean,
  ): void {
    if (this.reportedBroken === what && !writing) return;
    this.reportedBroken = what;
    this.source.report({ kind: 'broken', problem, writing });
  }

  /** Reports once for the same error, unless the user changes a label. */
  private reportFailure(error: unknown, writing: boolean): void {
    const text = String(error);
    if (this.reportedFailure === text && !writing) return;
    this.reportedFailure = text;
    this.source.report({ kind: 'failed', error, writing });
  }
}
