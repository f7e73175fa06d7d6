import type { Annotation } from '../../core/model/annotation';
import type { Conversation } from '../../core/model/conversation';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../core/util/event';
import { settleWithin } from '../../core/util/timeout';
import {
  type BrokenLabels,
  type LabelsDocument,
  noLabels,
  parseLabels,
  serialiseLabels,
  withAnnotations,
} from '../../core/view/labelsFile';
import { labelKey, labelKeyOfRow } from '../../core/view/annotations';

/** Where the labels file is: read and replaced as a whole. */
export interface LabelsStorage extends Disposable {
  /** Whether there is a place for it: a folder is open. */
  readonly isAvailable: boolean;
  /** The file's text; undefined where there is no file. @throws UnreadableFile, or what the file system says. */
  read(): Promise<string | undefined>;
  /**
   * Replaces the file, unless it is no longer as it was read: then nothing is written.
   * @param before what was read; undefined where there was no file
   * @returns whether it was replaced
   * @throws what the file system says; the file is as before then
   */
  replace(text: string, before: string | undefined): Promise<boolean>;
  /** The file may have become another one. */
  readonly onDidChange: Event<void>;
}

/** A file that is not looked into: it can't be one of labels. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(readonly problem: 'tooLarge' | 'notText') {
    super(problem);
  }
}

/** What the reader has to know of the labels file. `writing` where a label or note was not kept because of it. */
export type LabelsProblem =
  | { readonly kind: 'noFolder' }
  /** Without a key it is not known which server a conversation is of. */
  | { readonly kind: 'noServer' }
  | {
      readonly kind: 'broken';
      readonly problem: BrokenLabels | { readonly kind: UnreadableFile['problem'] };
      readonly writing: boolean;
    }
  /** Entries that can't be read; they are left as they are. */
  | { readonly kind: 'rejected'; readonly count: number }
  /** The entry to be changed is one of those. */
  | { readonly kind: 'entry' }
  /** Others write to it all the time. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly writing: boolean };

export interface LabelsSource {
  readonly storage: LabelsStorage;
  /** Of the current account's API. */
  origin(): string | undefined;
  report(problem: LabelsProblem): void;
  /** What failed of those who were told of a change: it is nothing about the file. */
  defect(error: unknown): void;
}

/** Milliseconds that others wait for the file: longer than any disk takes, and no reason to show nothing. */
const patience = 1500;
const mostTries = 5;

/**
 * The reader's labels and notes. They are what the file says: a change is shown once it is there, and a file that can't
 * be read is left alone, beside what was read before.
 */
export class Labels implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  /** Resolves when the file was read for the first time, or takes too long. */
  readonly ready: Promise<void>;

  private document: LabelsDocument = noLabels;
  /** What the file says; null before it was read. */
  private text: string | undefined | null = null;
  private toldBroken: string | undefined;
  private toldFailed: string | undefined;
  private toldRejected = 0;
  /** Reading and writing, one after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly source: LabelsSource) {
    this.owned.add(source.storage);
    this.owned.add(source.storage.onDidChange(() => void this.reread()));
    this.ready = settleWithin(patience, this.reread());
  }

  get isAvailable(): boolean {
    return this.source.storage.isAvailable;
  }

  of(origin: string | undefined, id: string): Annotation | undefined {
    const { annotations } = this.document;
    return origin === undefined || annotations.size === 0 ? undefined : annotations.get(labelKey(origin, id));
  }

  /** Of a row of the current account. */
  readonly ofRow = (row: Conversation): Annotation | undefined => {
    const { annotations } = this.document;
    // Nothing is hashed where nothing can be found.
    const origin = annotations.size === 0 ? undefined : this.source.origin();
    return origin === undefined ? undefined : annotations.get(labelKeyOfRow(origin, row));
  };

  /**
   * Changes what is written down about conversations. What fails is reported.
   * @returns whether it is in the file
   */
  change(
    origin: string | undefined,
    ids: readonly string[],
    edit: (before: Annotation) => Annotation,
  ): Promise<boolean> {
    if (origin === undefined || !this.isAvailable) {
      this.source.report({ kind: this.isAvailable ? 'noServer' : 'noFolder' });
      return Promise.resolve(false);
    }
    const keys = ids.map((id) => labelKey(origin, id));
    return this.inTurn(() => this.write(keys, edit), true);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private reread(): Promise<boolean> {
    return this.inTurn(async () => (await this.read(false)).kind === 'read', false);
  }

  /** What nobody foresaw is told as well, and ends nothing but this: the next has its turn. */
  private inTurn(work: () => Promise<boolean>, writing: boolean): Promise<boolean> {
    const done = this.queue.then(work).catch((error: unknown) => {
      this.tellFailed(error, writing);
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
      if (error instanceof UnreadableFile) this.tellBroken({ kind: error.problem }, error.problem, writing);
      else this.tellFailed(error, writing);
      return { kind: 'not' };
    }
    // The file is read whenever the window gets the focus: mostly it is the same.
    const parsed = text === undefined || text === this.text ? undefined : parseLabels(text);
    if (parsed?.kind === 'broken') {
      this.tellBroken(parsed.problem, `text ${text}`, writing);
      return { kind: 'not' };
    }
    this.toldBroken = undefined;
    this.toldFailed = undefined;
    this.take(text, parsed?.document ?? noLabels);
    return { kind: 'read', text };
  }

  private async write(keys: readonly string[], edit: (before: Annotation) => Annotation): Promise<boolean> {
    const { storage, report } = this.source;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await this.read(true);
      if (before.kind === 'not') return false;
      if (keys.some((key) => this.document.rejected.has(key))) {
        report({ kind: 'entry' });
        return false;
      }
      const { annotations } = this.document;
      const after = withAnnotations(this.document, new Map(keys.map((key) => [key, edit(annotations.get(key) ?? {})])));
      const text = serialiseLabels(after);
      if (text === serialiseLabels(this.document)) return true;
      try {
        if (!(await storage.replace(text, before.text))) continue;
      } catch (error) {
        this.tellFailed(error, true);
        return false;
      }
      this.take(text, after);
      return true;
    }
    report({ kind: 'busy' });
    return false;
  }

  private take(text: string | undefined, document: LabelsDocument): void {
    if (text === this.text) return;
    this.text = text;
    this.document = document;
    if (document.rejected.size > this.toldRejected)
      this.source.report({ kind: 'rejected', count: document.rejected.size });
    this.toldRejected = document.rejected.size;
    try {
      this.changed.fire();
    } catch (error) {
      this.source.defect(error);
    }
  }

  /** Once for the same file, unless somebody waits for an answer. */
  private tellBroken(
    problem: Extract<LabelsProblem, { kind: 'broken' }>['problem'],
    what: string,
    writing: boolean,
  ): void {
    if (this.toldBroken === what && !writing) return;
    this.toldBroken = what;
    this.source.report({ kind: 'broken', problem, writing });
  }

  /** Likewise: the file is looked at whenever the window gets the focus. */
  private tellFailed(error: unknown, writing: boolean): void {
    const what = String(error);
    if (this.toldFailed === what && !writing) return;
    this.toldFailed = what;
    this.source.report({ kind: 'failed', error, writing });
  }
}
