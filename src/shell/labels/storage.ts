import type { Disposable } from '../../core/util/disposable';
import type { Event } from '../../core/util/event';

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
