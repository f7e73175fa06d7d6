import type { Annotation } from '../../../core/model/annotation';
import type { ConversationTarget } from '../../targets';
import type { CopyDeps } from '../copy/deps';

export interface LabelDeps extends CopyDeps {
  readonly labels: {
    /** Whether there is a folder to keep labels in. */
    readonly isAvailable: boolean;
    of(origin: string | undefined, id: string): Annotation | undefined;
    change(
      origin: string | undefined,
      ids: readonly string[],
      edit: (before: Annotation) => Annotation,
    ): Promise<boolean>;
  };
  /** Opens a conversation with its note to be written. */
  editNote(conversation: ConversationTarget): void;
}
