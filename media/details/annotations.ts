import * as l10n from '../shared/l10n';
import { longestNote, verdicts, type Annotation, type PageState, type Verdict } from '../../src/protocol/details';
import { el, replaceChildren, renderText, screenReaderText } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import type { Page } from './page';

const createLabelViews = (): Readonly<Record<Verdict, readonly [icon: IconName, text: string, key: string]>> => ({
  good: ['thumbsup', l10n.t('Good'), 'g'],
  bad: ['thumbsdown', l10n.t('Bad'), 'b'],
  unsure: ['question', l10n.t('Unsure'), 'u'],
});

type ConversationRef = Pick<PageState, 'id' | 'origin'>;

/** The user's label and note. */
export class Annotations {
  readonly element = el('section', { class: 'annotations', hidden: '' });
  private readonly labels = el('div', { class: 'labels', role: 'group' });
  private readonly note = el('div', { class: 'note' });
  private shown = '';
  private of: ConversationRef | undefined;
  private annotation: Annotation = {};
  private editing:
    { readonly of: ConversationRef; readonly field: HTMLTextAreaElement; readonly problem: HTMLElement } | undefined;
  /** The note that is being saved. The field stays until it is saved. */
  private sent: string | undefined;
  /** The note whose saving failed, as the host reports. */
  private unsaved: string | undefined;
  private discarded: string | undefined;

  constructor(private readonly page: Page) {}

  show({ id, origin, annotation, unkeptNote }: PageState): void {
    const isOther = this.of?.id !== id || this.of.origin !== origin;
    // Saves the note of the previous conversation.
    if (isOther && this.editing !== undefined) this.save();
    if (isOther || (this.sent !== undefined && (annotation?.note ?? '') === this.sent)) this.endEditing();
    this.of = { id, origin };
    this.annotation = annotation ?? {};
    this.element.hidden = annotation === undefined;
    // Attached once, because moving it would lose the focus.
    if (annotation === undefined) this.element.replaceChildren();
    else if (this.labels.parentElement === null) this.element.append(this.labels, this.note);
    this.showUnsaved(annotation === undefined ? undefined : unkeptNote);
    const now = JSON.stringify([id, origin, annotation]);
    if (now === this.shown) return;
    this.shown = now;
    this.renderLabels();
    if (this.editing === undefined) this.renderNote();
  }

  edit(): void {
    if (this.of === undefined || this.element.hidden) return;
    if (this.editing === undefined) this.beginEditing(this.of);
    this.editing?.field.focus();
    this.editing?.field.scrollIntoView({ block: 'nearest' });
  }

  /** Sets the label, or removes it if it is set. */
  toggle(label: Verdict): void {
    if (this.of === undefined) return;
    if (this.element.hidden) this.page.announce(l10n.t('Open a folder to label conversations.'));
    else this.page.setLabel(this.of, this.annotation.label === label ? 'none' : label);
  }

  private showUnsaved(note: string | undefined): void {
    // The host may not have received the discarding yet.
    if (note !== this.discarded) this.discarded = undefined;
    this.unsaved = this.discarded === undefined ? note : undefined;
    if (this.of !== undefined && this.unsaved !== undefined && this.editing === undefined) {
      this.beginEditing(this.of, this.unsaved);
      // Saved again when the user focuses the field, not because it is shown.
      this.sent = this.unsaved;
    }
    this.updateProblem();
  }

  private updateProblem(): void {
    if (this.editing === undefined) return;
    const { problem } = this.editing;
    if (this.unsaved === undefined) problem.replaceChildren();
    else if (problem.childElementCount === 0)
      problem.replaceChildren(
        icon('error'),
        el('p', {}, l10n.t("Couldn't save this note. Press Ctrl+Enter to retry.")),
      );
    problem.hidden = this.unsaved === undefined;
  }

  private renderLabels(): void {
    this.labels.setAttribute('aria-label', l10n.t('Label'));
    const buttons = verdicts.map((label) => {
      const [name, text, key] = createLabelViews()[label];
      const isOn = this.annotation.label === label;
      const button = el(
        'button',
        {
          type: 'button',
          class: `icon-button label ${label}`,
          title: l10n.t('{0} ({1})', text, key),
          'aria-pressed': String(isOn),
          'aria-keyshortcuts': key,
          'data-key': `label ${label}`,
        },
        icon(name),
        screenReaderText(text),
      );
      button.addEventListener('click', () => this.toggle(label));
      return button;
    });
    replaceChildren(this.labels, ...buttons);
  }

  private renderNote(): void {
    const { note } = this.annotation;
    const isNew = note === undefined;
    const text = isNew ? l10n.t('Add Note') : l10n.t('Edit Note');
    const button = el(
      'button',
      {
        type: 'button',
        class: isNew ? 'link-button' : 'icon-button',
        title: isNew ? undefined : text,
        'aria-label': text,
        'data-key': 'note',
      },
      isNew ? text : icon('edit'),
    );
    button.addEventListener('click', () => this.edit());
    const current = isNew ? undefined : el('p', { class: 'note-text', dir: 'auto', title: note }, renderText(note));
    replaceChildren(this.note, current, button);
  }

  private beginEditing(of: ConversationRef, text = this.annotation.note ?? ''): void {
    const field = el('textarea', {
      rows: '3',
      maxlength: String(longestNote),
      'aria-label': l10n.t('Note'),
      dir: 'auto',
    });
    field.value = text;
    field.addEventListener('keydown', (event) => this.handleKey(event));
    field.addEventListener('blur', () => this.save());
    // Lets the same text be saved again.
    for (const event of ['input', 'focus']) field.addEventListener(event, () => (this.sent = undefined));
    const problem = el('div', { class: 'notice error', role: 'alert', hidden: '' });
    this.editing = { of, field, problem };
    this.sent = undefined;
    this.note.replaceChildren(
      field,
      problem,
      el('p', { class: 'quiet' }, l10n.t('Saved when you leave the field. Esc discards changes.')),
    );
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.discard();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.retrySave();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (this.editing === undefined) this.focusButton();
  }

  private discard(): void {
    if (this.editing !== undefined && this.unsaved !== undefined) {
      this.discarded = this.unsaved;
      this.page.discardNote(this.editing.of);
    }
    this.endEditing();
    this.renderNote();
  }

  private save(): void {
    if (this.editing === undefined) return;
    const { of, field } = this.editing;
    const typed = field.value.trim();
    if (typed === (this.annotation.note ?? '')) return this.discard();
    if (typed === this.sent) return;
    this.sent = typed;
    this.page.saveNote(of, typed);
  }

  private retrySave(): void {
    this.sent = undefined;
    this.save();
  }

  private endEditing(): void {
    if (this.editing === undefined) return;
    const hadFocus = document.activeElement === this.editing.field;
    this.editing = undefined;
    this.sent = undefined;
    this.shown = '';
    this.renderNote();
    if (hadFocus) this.focusButton();
  }

  private focusButton(): void {
    this.note.querySelector('button')?.focus({ preventScroll: true });
  }
}
