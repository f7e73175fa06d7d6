import { withLabel, withNote } from '../../core/view/annotations';
import type { PageState } from '../../protocol/details';
import type { App } from '../app';
import type { PageMessage } from '../../protocol/detailsMessages';

/** Notes that could not be kept, by server and conversation: in memory until they are, or are given up. */
export type UnkeptNotes = Map<string, string>;

/** What one panel's page may write down, and is told of it. */
export class Annotating {
  /** Conversations that the page was told of: a note may come when the next one is there already. */
  private readonly told = new Set<string>();

  /** @param unkept of all panels */
  constructor(
    private readonly labels: Pick<App['labels'], 'isAvailable' | 'of' | 'change'>,
    private readonly unkept: UnkeptNotes,
    private readonly changed: () => void,
  ) {}

  /** For the page; nothing where there is no place to keep anything. */
  tell(origin: string | undefined, id: string): Pick<PageState, 'annotation' | 'unkeptNote'> {
    if (origin === undefined || !this.labels.isAvailable) return {};
    const name = nameOf(origin, id);
    this.told.add(name);
    const annotation = this.labels.of(origin, id) ?? {};
    const unkeptNote = this.unkept.get(name);
    return unkeptNote === undefined || unkeptNote === (annotation.note ?? '')
      ? { annotation }
      : { annotation, unkeptNote };
  }

  /** @throws Error where the page was never told of the conversation */
  async obey(message: Extract<PageMessage, { type: 'label' | 'note' | 'giveUpNote' }>): Promise<void> {
    const { origin, id } = message;
    const name = nameOf(origin, id);
    if (!this.told.has(name)) throw new Error('it is not a conversation of this page: refused');
    if (message.type === 'label') {
      await this.labels.change(origin, [id], (before) =>
        withLabel(before, message.label === 'none' ? undefined : message.label),
      );
      return;
    }
    const isSettled =
      message.type === 'giveUpNote' ||
      (await this.labels.change(origin, [id], (before) => withNote(before, message.note)));
    if (isSettled) this.unkept.delete(name);
    else this.unkept.set(name, message.note);
    this.changed();
  }
}

function nameOf(origin: string, id: string): string {
  return `${origin}\n${id}`;
}
