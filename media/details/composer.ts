import * as l10n from '../shared/l10n';
import { maxMessageChars, countMessageChars, findMessageProblem } from '../../src/core/text/message';
import type { ComposerState } from '../../src/protocol/details';
import type { PageMessage } from '../../src/protocol/detailsMessages';
import { el } from '../shared/dom';
import { icon } from '../shared/icons';
import type { Page } from './page';

/** So near to the limit the characters are counted for the reader. */
const nearTheLimit = maxMessageChars - 200;

/** Where a message to a test conversation is written. The host keeps the text, for a hidden page forgets it. */
export class Composer {
  private readonly text: HTMLTextAreaElement;
  private readonly button: HTMLButtonElement;
  private readonly count = el('span', { id: 'composer-count', class: 'count' });
  private readonly sending = el('span', { class: 'sending', role: 'status' });
  private readonly problemText = el('p', { dir: 'auto' });
  private readonly problem = el(
    'div',
    { class: 'notice error', role: 'alert', hidden: '' },
    icon('error'),
    this.problemText,
  );
  private readonly form: HTMLFormElement;
  /** Empty where nothing can be written. */
  readonly element = el('div', { class: 'composing' });

  private id: string | undefined;
  private number = 0;
  private isSending = false;
  private isReady = false;
  /** Whether the cursor belongs in it: what takes the focus from the page also takes the cursor out of its fields. */
  private isWriting = false;

  constructor(
    private readonly page: Pick<Page, 'number'>,
    private readonly say: (message: Extract<PageMessage, { type: 'draft' | 'send' }>) => void,
    /** Called with whether the cursor belongs in it. */
    private readonly writing: (isWriting: boolean) => void,
  ) {
    const label = l10n.t('Type a message to the assistant');
    const described = 'composer-hint composer-count';
    this.text = el('textarea', {
      rows: '2',
      dir: 'auto',
      'aria-label': label,
      'aria-describedby': described,
      placeholder: label,
    });
    this.button = el('button', { type: 'submit', class: 'button primary' }, l10n.t('Send'));
    this.text.addEventListener('input', () => this.typed());
    this.text.addEventListener('focus', () => this.setWriting(true));
    // Not `blur`: it doesn't tell whether the focus goes elsewhere on the page, or out of the page.
    for (const event of ['focusin', 'pointerdown'])
      document.addEventListener(event, ({ target }) => this.setWriting(this.isWriting && target === this.text));
    window.addEventListener('focus', () => this.takeFocus());
    this.text.addEventListener('keydown', (event) => this.pressed(event));
    const hint = el(
      'span',
      { id: 'composer-hint', class: 'hint' },
      l10n.t('Enter to send, Shift+Enter for a new line'),
    );
    const foot = el('div', { class: 'composer-foot' }, hint, this.sending, this.count, this.button);
    this.form = el('form', { class: 'composer' }, this.problem, this.text, foot);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
  }

  /**
   * @param isReady whether a message can be sent already; it can be written before that
   * @returns whether a message has gone its way since the last time
   */
  show(id: string, state: ComposerState | undefined, isReady: boolean): boolean {
    if (state === undefined) {
      this.id = undefined;
      this.setWriting(false);
      this.element.replaceChildren();
      return false;
    }
    if (!this.form.isConnected) this.element.append(this.form);
    const isSame = id === this.id;
    const wentAway = isSame && state.number !== this.number;
    if (!isSame || wentAway) this.text.value = state.draft;
    if (!isSame) this.setWriting(this.hasCursor);
    this.id = id;
    this.number = state.number;
    this.isSending = state.sending;
    this.isReady = isReady;
    // Read-only keeps the focus where it is; disabled would lose it.
    this.text.readOnly = state.sending;
    tell(this.sending, state.sending ? l10n.t('Sending…') : '');
    tell(this.problemText, state.problem ?? '');
    this.problem.hidden = state.problem === undefined;
    this.measure();
    return wentAway;
  }

  /** Takes the focus as soon as the page has it: a page that takes it by itself takes it from another editor. */
  focus(): void {
    this.setWriting(true);
    this.takeFocus();
  }

  private takeFocus(): void {
    if (this.isWriting && document.hasFocus()) this.text.focus({ preventScroll: true });
  }

  private setWriting(isWriting: boolean): void {
    if (isWriting === this.isWriting) return;
    this.isWriting = isWriting;
    this.writing(isWriting);
  }

  private get hasCursor(): boolean {
    return document.activeElement === this.text;
  }

  private typed(): void {
    if (this.id !== undefined) this.say({ type: 'draft', id: this.id, text: this.text.value });
    this.measure();
  }

  private pressed(event: KeyboardEvent): void {
    // While characters are composed, Enter takes them.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  private send(): void {
    if (this.id === undefined || this.isSending || !this.isReady || findMessageProblem(this.text.value) !== undefined)
      return;
    this.say({ type: 'send', id: this.id, text: this.text.value });
  }

  private measure(): void {
    const length = countMessageChars(this.text.value);
    const isNear = length > nearTheLimit;
    tell(
      this.count,
      isNear ? l10n.t('{0} of {1} characters', this.page.number(length), this.page.number(maxMessageChars)) : '',
    );
    this.count.classList.toggle('too-long', length > maxMessageChars);
    this.text.setAttribute('aria-invalid', String(length > maxMessageChars));
    this.button.disabled = this.isSending || !this.isReady || findMessageProblem(this.text.value) !== undefined;
  }
}

/** The same words again would be said again. */
function tell(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
