import type { Annotation } from '../../core/model/annotation';
import type { Event } from '../../core/util/event';
import { withLabel, withNote } from '../../core/view/labels/edit';
import type { PageMessage } from '../../protocol/details';

/** Where the reader's labels and notes are. */
export interface AnnotationHolder {
  readonly isAvailable: boolean;
  of(origin: string | undefined, id: string): Annotation | undefined;
  /** Reports what fails. */
  change(origin: string | undefined, ids: readonly string[], edit: (before: Annotation) => Annotation): Promise<boolean>;
  readonly onDidChange: Event<void>;
}

/** What one panel's page may write down, and is told of it. */
export class Annotating {
  /** Conversations that the page was told of: a note may come when the next one is there already. */
  private readonly told = new Set<string>();

  constructor(private readonly holder: AnnotationHolder) {}

  /** For the page; undefined where it can't be kept. */
  tell(origin: string | undefined, id: string): Annotation | undefined {
    if (origin === undefined || !this.holder.isAvailable) return undefined;
    this.told.add(nameOf(origin, id));
    return this.holder.of(origin, id) ?? {};
  }

  /** @throws Error where the page was never told of the conversation */
  async obey(message: Extract<PageMessage, { type: 'label' | 'note' }>): Promise<void> {
    const { origin, id } = message;
    if (!this.told.has(nameOf(origin, id))) throw new Error('it is not a conversation of this page: refused');
    await this.holder.change(origin, [id], (before) =>
      message.type === 'note' ? withNote(before, message.note) : withLabel(before, message.label === 'none' ? undefined : message.label),
    );
  }
}

function nameOf(origin: string, id: string): string {
  return `${origin}\n${id}`;
}
