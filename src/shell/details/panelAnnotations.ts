import { withLabel, withNote } from '../../core/view/annotations';
import type { PageState } from '../../protocol/details';
import type { App } from '../app';
import type { PageMessage } from '../../protocol/detailsMessages';

/** Notes whose saving failed, by server and conversation, until they are saved or discarded. */
export type UnsavedNotes = Map<string, string>;

/** The label and note of a panel's conversation. */
export class PanelAnnotations {
  /** Conversations sent to the page: a note may arrive when the panel already shows another one. */
  private readonly knownKeys = new Set<string>();

  /** @param unsavedNotes of all panels */
  constructor(
    private readonly labels: Pick<App['labels'], 'isAvailable' | 'of' | 'change'>,
    private readonly unsavedNotes: UnsavedNotes,
    private readonly onChange: () => void,
  ) {}

  toPageState(origin: string | undefined, id: string): Pick<PageState, 'annotation' | 'unkeptNote'> {
    if (origin === undefined || !this.labels.isAvailable) return {};
    const key = createKey(origin, id);
    this.knownKeys.add(key);
    const annotation = this.labels.of(origin, id) ?? {};
    const unsavedNote = this.unsavedNotes.get(key);
    return unsavedNote === undefined || unsavedNote === (annotation.note ?? '')
      ? { annotation }
      : { annotation, unkeptNote: unsavedNote };
  }

  /** @throws Error if the page never showed the conversation */
  async handle(message: Extract<PageMessage, { type: 'label' | 'note' | 'giveUpNote' }>): Promise<void> {
    const { origin, id } = message;
    const key = createKey(origin, id);
    if (!this.knownKeys.has(key)) throw new Error('it is not a conversation of this page: refused');
    if (message.type === 'label') {
      await this.labels.change(origin, [id], (before) =>
        withLabel(before, message.label === 'none' ? undefined : message.label),
      );
      return;
    }
    const isSettled =
      message.type === 'giveUpNote' ||
      (await this.labels.change(origin, [id], (before) => withNote(before, message.note)));
    if (isSettled) this.unsavedNotes.delete(key);
    else this.unsavedNotes.set(key, message.note);
    this.onChange();
  }
}

function createKey(origin: string, id: string): string {
  return `${origin}\n${id}`;
}
