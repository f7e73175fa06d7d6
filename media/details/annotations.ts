import * as l10n from '../shared/l10n';
import { longestNote, verdicts, type Annotation, type PageState, type Verdict } from '../../src/protocol/details';
import { el, replaceChildren, written } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import type { Page } from './page';

const looks = (): Readonly<Record<Verdict, readonly [IconName, string]>> => ({
  good: ['thumbsup', l10n.t('Good')],
  bad: ['thumbsdown', l10n.t('Bad')],
  unsure: ['question', l10n.t('Unsure')],
});

type Of = Pick<PageState, 'id' | 'origin'>;

/** The reader's own label and note, to be seen and changed. */
export class Annotations {
  readonly element = el('section', { class: 'annotations', hidden: '' });
  private readonly labels = el('div', { class: 'switch-group', role: 'group' });
  private readonly note = el('div', { class: 'note' });
  private shown = '';
  private of: Of | undefined;
  private annotation: Annotation = {};
  /** The text that is being written, and about which conversation. */
  private editing: { readonly of: Of; readonly field: HTMLTextAreaElement; readonly problem: HTMLElement } | undefined;
  /** What was sent to be kept: what was typed stays in sight until it is. */
  private sent: string | undefined;
  /** What the host says could not be kept. */
  private unkept: string | undefined;
  private givenUp: string | undefined;

  constructor(private readonly page: Page) {}

  show({ id, origin, annotation, unkeptNote }: PageState): void {
    const isOther = this.of?.id !== id || this.of.origin !== origin;
    // Unsaved words belong to the conversation that they were written about.
    if (isOther && this.editing !== undefined) this.keep();
    if (isOther || (this.sent !== undefined && (annotation?.note ?? '') === this.sent)) this.endEditing();
    this.of = { id, origin };
    this.annotation = annotation ?? {};
    this.element.hidden = annotation === undefined;
    // Attached only while there is something to do: moving it would take the focus away.
    if (annotation === undefined) this.element.replaceChildren();
    else if (this.labels.parentElement === null) this.element.append(this.labels, this.note);
    this.showUnkept(annotation === undefined ? undefined : unkeptNote);
    const now = JSON.stringify([id, origin, annotation]);
    if (now === this.shown) return;
    this.shown = now;
    this.drawLabels();
    if (this.editing === undefined) this.drawNote();
  }

  /** Has the reader write. */
  edit(): void {
    if (this.of === undefined || this.element.hidden) return;
    if (this.editing === undefined) this.beginEditing(this.of);
    this.editing?.field.focus();
    this.editing?.field.scrollIntoView({ block: 'nearest' });
  }

  private showUnkept(note: string | undefined): void {
    // The host may not have heard yet that it is not wanted any more.
    if (note !== this.givenUp) this.givenUp = undefined;
    this.unkept = this.givenUp === undefined ? note : undefined;
    if (this.of !== undefined && this.unkept !== undefined && this.editing === undefined) {
      this.beginEditing(this.of, this.unkept);
      // It is tried again where the reader turns to it, not for being shown.
      this.sent = this.unkept;
    }
    this.tellProblem();
  }

  private tellProblem(): void {
    if (this.editing === undefined) return;
    const { problem } = this.editing;
    const isTold = problem.childElementCount > 0;
    if (this.unkept === undefined) problem.replaceChildren();
    else if (!isTold)
      problem.replaceChildren(
        icon('error'),
        el('p', {}, l10n.t("Couldn't save this note. Press Ctrl+Enter to retry.")),
      );
    problem.hidden = this.unkept === undefined;
  }

  private drawLabels(): void {
    this.labels.setAttribute('aria-label', l10n.t('Label'));
    const buttons = verdicts.map((label) => {
      const [name, text] = looks()[label];
      const isOn = this.annotation.label === label;
      const button = el(
        'button',
        { type: 'button', class: `switch label ${label}`, 'aria-pressed': String(isOn), 'data-key': `label ${label}` },
        icon(name),
        text,
      );
      button.addEventListener('click', () => this.of && this.page.label(this.of, isOn ? 'none' : label));
      return button;
    });
    replaceChildren(this.labels, ...buttons);
  }

  private drawNote(): void {
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
    const current = isNew ? undefined : el('p', { class: 'note-text', dir: 'auto' }, written(note));
    replaceChildren(this.note, current, button);
  }

  private beginEditing(of: Of, text = this.annotation.note ?? ''): void {
    const field = el('textarea', {
      rows: '3',
      maxlength: String(longestNote),
      'aria-label': l10n.t('Note'),
      dir: 'auto',
    });
    field.value = text;
    field.addEventListener('keydown', (event) => this.pressed(event));
    field.addEventListener('blur', () => this.keep());
    // What could not be kept is sent again.
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

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.giveUp();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.keepAgain();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (this.editing === undefined) this.focusButton();
  }

  private giveUp(): void {
    if (this.editing !== undefined && this.unkept !== undefined) {
      this.givenUp = this.unkept;
      this.page.giveUpNote(this.editing.of);
    }
    this.endEditing();
    this.drawNote();
  }

  /** Sends what was typed; where it is what stands there already, there is nothing to keep. */
  private keep(): void {
    if (this.editing === undefined) return;
    const { of, field } = this.editing;
    const typed = field.value.trim();
    if (typed === (this.annotation.note ?? '')) return this.giveUp();
    if (typed === this.sent) return;
    this.sent = typed;
    this.page.note(of, typed);
  }

  private keepAgain(): void {
    this.sent = undefined;
    this.keep();
  }

  private endEditing(): void {
    if (this.editing === undefined) return;
    const hadFocus = document.activeElement === this.editing.field;
    this.editing = undefined;
    this.sent = undefined;
    this.shown = '';
    this.drawNote();
    if (hadFocus) this.focusButton();
  }

  private focusButton(): void {
    this.note.querySelector('button')?.focus({ preventScroll: true });
  }
}
