import type { Annotation } from '../../../core/model/annotation';
import type { CopyDeps } from '../copy/deps';

export interface LabelDeps extends CopyDeps {
  readonly labels: {
    /** Whether there is a folder to keep labels in. */
    readonly isAvailable: boolean;
    of(origin: string | undefined, id: string): Annotation | undefined;
    change(origin: string | undefined, ids: readonly string[], edit: (before: Annotation) => Annotation): Promise<boolean>;
  };
  /** The server that a conversation is of: a panel may have one of another account. */
  originOf(id: string): string | undefined;
  /** Opens a conversation with its note to be written. */
  editNote(id: string): void;
}
