import type { CopyTarget, HostMessage, PageAction, PageState, TranscriptView, WordKey, Words } from '../../src/protocol/details';
import { confirmCopied } from './buttons';
import { el, replaceChildren, unseen } from './dom';
import { GoTo } from './goTo';
import { Head } from './head';
import { icon } from './icons';
import { Kept } from './kept';
import { Keys } from './keys';
import { Notices } from './notices';
import { fillIn, type Page } from './page';
import { turnList } from './turn';
import type { VsCodeApi } from './vscode';

/** The whole page: one conversation at a time. */
export class Conversation implements Page {
  private readonly kept: Kept;
  private readonly numbers: Intl.NumberFormat;
  private readonly live = el('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  private readonly transcript = el('section', { class: 'transcript', 'aria-labelledby': 'transcript-title' });
  private readonly progress = el('div', { class: 'progress', hidden: '' });
  private readonly loading = el('p', { class: 'loading', role: 'status' });
  private readonly head: Head;
  private readonly notices: Notices;
  private state: PageState | undefined;
  private received: { readonly number: number; readonly transcript: TranscriptView } | undefined;
  private drawn = 0;
  private copying: HTMLElement | undefined;
  private readonly goTo = new GoTo();
  /** The number of the last place that was gone to: it is told again until the answer has come. */
  private arrived = 0;

  constructor(
    private readonly vscode: VsCodeApi,
    private readonly words: Words,
    language: string,
  ) {
    this.kept = new Kept(vscode);
    this.numbers = new Intl.NumberFormat(language);
    this.head = new Head(this);
    this.notices = new Notices(this);
    const keys = new Keys(this, this.transcript);
    const help = el(
      'button',
      { type: 'button', class: 'icon-button help', title: this.word('keys'), 'aria-label': this.word('keys') },
      icon('question'),
    );
    help.addEventListener('click', () => keys.showHelp());
    document.documentElement.lang = language;
    document.body.replaceChildren(
      this.progress,
      el('main', {}, this.head.title, this.notices.element, this.head.about, this.loading, this.transcript, help),
      this.live,
      keys.dialog,
    );
  }

  receive(message: Exclude<HostMessage, { type: 'words' }>): void {
    switch (message.type) {
      case 'transcript':
        this.received = message;
        return;
      case 'state':
        this.show(message.state);
        return;
      case 'goTo':
        if (message.number > this.arrived) this.goTo.go(message.place);
        this.arrived = message.number;
        this.vscode.postMessage({ type: 'arrived', number: message.number });
        return;
      case 'copied':
        this.say(this.word(message.ok ? 'copied' : 'copyFailed'));
        if (message.ok && this.copying?.classList.contains('icon-button')) confirmCopied(this.copying);
    }
  }

  private show(state: PageState): void {
    this.state = state;
    this.kept.begin(state);
    this.head.show(state);
    this.notices.show(state.notices);
    this.showLoading(state);
    this.showTranscript(state.transcript);
  }

  /**
   * Both fade in late, by CSS: an answer that comes at once shows neither. Over a transcript that is read again there
   * is the bar alone, which moves nothing.
   */
  private showLoading({ busy, transcript }: PageState): void {
    this.transcript.setAttribute('aria-busy', String(busy));
    this.progress.hidden = !busy;
    const word = busy && transcript === 0 ? this.word('loading') : '';
    if (this.loading.textContent !== word) this.loading.textContent = word;
    this.loading.hidden = word === '';
  }

  private showTranscript(number: number): void {
    if (number === this.drawn) return;
    if (number === 0) {
      this.drawn = 0;
      this.transcript.replaceChildren();
      return;
    }
    if (this.received?.number !== number) return;
    this.drawn = number;
    const top = window.scrollY;
    const { transcript } = this.received;
    replaceChildren(
      this.transcript,
      el('h2', { id: 'transcript-title' }, this.word('transcript')),
      transcript.turns.length === 0 && transcript.rejected === 0
        ? el('p', { class: 'quiet' }, this.word('empty'))
        : turnList(this, transcript),
    );
    window.scrollTo(0, top);
    this.kept.drawn();
  }

  word(key: WordKey, ...fill: readonly (string | number)[]): string {
    return fillIn(this.words[key], fill);
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  copy(what: CopyTarget, button: HTMLElement): void {
    if (this.state === undefined) return;
    this.copying = button;
    this.vscode.postMessage({ type: 'copy', what, id: this.state.id, transcript: this.drawn });
  }

  act(action: PageAction): void {
    this.vscode.postMessage({ type: 'action', action });
  }

  say(text: string): void {
    // A new element, so that the same words twice are said twice.
    this.live.replaceChildren(unseen(text));
  }

  isOpen(card: string): boolean {
    return this.kept.isOpen(card);
  }

  setOpen(card: string, open: boolean): void {
    this.kept.setOpen(card, open);
  }
}
