import * as l10n from '../shared/l10n';
import { maxMessageChars, countMessageChars, findMessageProblem } from '../../src/core/text/message';
import type { ComposerState } from '../../src/protocol/details';
import type { PageMessage } from '../../src/protocol/detailsMessages';
import { el } from '../shared/dom';
import { icon } from '../shared/icons';
import type { Page } from './page';

/** The character count is shown from this length on. */
const countThreshold = maxMessageChars - 200;

/** The message box of a test conversation. The host stores its text, because VS Code discards hidden pages. */
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
  /** Empty if the conversation can't receive messages. */
  readonly element = el('div', { class: 'composing' });

  private id: string | undefined;
  private number = 0;
  private isSending = false;
  private isPending = false;
  private isReady = false;
  /** Whether the field gets the focus when the page does: a page that loses the focus also loses its cursor. */
  private isWriting = false;

  constructor(
    private readonly page: Pick<Page, 'formatNumber'>,
    private readonly post: (message: Extract<PageMessage, { type: 'draft' | 'send' }>) => void,
    private readonly onWritingChange: (isWriting: boolean) => void,
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
    this.text.addEventListener('input', () => this.handleInput());
    this.text.addEventListener('focus', () => this.setWriting(true));
    // Not `blur`, which doesn't show whether the focus leaves the page.
    for (const event of ['focusin', 'pointerdown'])
      document.addEventListener(event, ({ target }) => this.setWriting(this.isWriting && target === this.text));
    window.addEventListener('focus', () => this.takeFocus());
    this.text.addEventListener('keydown', (event) => this.handleKey(event));
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
   * @param isReady whether a message can be sent; it can be written earlier
   * @returns whether a message was sent since the last call
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
    const wasSent = isSame && state.number !== this.number;
    const isPending = state.pending !== undefined;
    // The transcript shows the pending message. If it isn't delivered, the field has it again.
    if (!isSame || wasSent || isPending !== this.isPending) this.text.value = isPending ? '' : state.draft;
    this.isPending = isPending;
    if (!isSame) this.setWriting(this.hasCursor);
    this.id = id;
    this.number = state.number;
    this.isSending = state.sending;
    this.isReady = isReady;
    // A disabled field would lose the focus.
    this.text.readOnly = state.sending;
    setText(this.sending, state.sending ? l10n.t('Sending…') : '');
    setText(this.problemText, state.problem ?? '');
    this.problem.hidden = state.problem === undefined;
    this.updateCount();
    return wasSent;
  }

  /** Focuses the field once the page has the focus, so that it never takes the focus from an editor. */
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
    this.onWritingChange(isWriting);
  }

  private get hasCursor(): boolean {
    return document.activeElement === this.text;
  }

  private handleInput(): void {
    if (this.id !== undefined) this.post({ type: 'draft', id: this.id, text: this.text.value });
    this.updateCount();
  }

  private handleKey(event: KeyboardEvent): void {
    // Enter also confirms the characters of an input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  private send(): void {
    if (this.id === undefined || this.isSending || !this.isReady || findMessageProblem(this.text.value) !== undefined)
      return;
    this.post({ type: 'send', id: this.id, text: this.text.value });
  }

  private updateCount(): void {
    const length = countMessageChars(this.text.value);
    const isNear = length > countThreshold;
    setText(
      this.count,
      isNear
        ? l10n.t('{0} of {1} characters', this.page.formatNumber(length), this.page.formatNumber(maxMessageChars))
        : '',
    );
    this.count.classList.toggle('too-long', length > maxMessageChars);
    this.text.setAttribute('aria-invalid', String(length > maxMessageChars));
    this.button.disabled = this.isSending || !this.isReady || findMessageProblem(this.text.value) !== undefined;
  }
}

/** Unchanged text is skipped, because screen readers would announce it again. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
