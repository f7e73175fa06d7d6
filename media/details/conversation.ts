import * as l10n from '../shared/l10n';
import type {
  CopyTarget,
  HostMessage,
  JsonValue,
  Neighbor,
  PageAction,
  PagePlace,
  PageState,
  TranscriptView,
  Verdict,
} from '../../src/protocol/details';
import type { SavedState, PageMessage } from '../../src/protocol/detailsMessages';
import { Annotations } from './annotations';
import { confirmCopied } from '../shared/copied';
import { Composer } from './composer';
import { el, replaceChildren, unseen } from '../shared/dom';
import { GoTo } from './goTo';
import { isAtEnd, updateTurns } from './grow';
import { Head } from './head';
import { icon } from '../shared/icons';
import { jsonValue } from './json';
import { Kept } from './kept';
import { Keys } from './keys';
import { lookSwitches, type Look } from './look';
import { Notices } from './notices';
import type { Page } from './page';
import { turnList } from './turn';
import type { VsCodeApi } from '../shared/vscode';

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
  private readonly annotations = new Annotations(this);
  private readonly composer: Composer;
  /** Whether the next transcript is looked at from its end: an answer is there. */
  private toTheEnd = false;
  private state: PageState | undefined;
  private received: { readonly number: number; readonly transcript: TranscriptView } | undefined;
  private raw: { readonly number: number; readonly raw: JsonValue } | undefined;
  private drawn = 0;
  /** What stands on the page, and of which conversation. */
  private standing: { readonly of: string; readonly transcript: TranscriptView } | undefined;
  private copying: HTMLElement | undefined;
  private readonly goTo = new GoTo();
  /** The number of the last place that was gone to: it is told again until the answer has come. */
  private arrived = 0;

  constructor(
    private readonly vscode: VsCodeApi<PageMessage, SavedState>,
    language: string,
  ) {
    this.kept = new Kept(vscode);
    this.numbers = new Intl.NumberFormat(language);
    this.head = new Head(this);
    this.notices = new Notices(this);
    this.composer = new Composer(
      this,
      (message) => this.vscode.postMessage(message),
      (isWriting) => (this.kept.isWriting = isWriting),
    );
    const keys = new Keys(this, this.transcript);
    const help = el(
      'button',
      {
        type: 'button',
        class: 'icon-button help',
        title: l10n.t('Keyboard Shortcuts (?)'),
        'aria-label': l10n.t('Keyboard Shortcuts (?)'),
      },
      icon('question'),
    );
    help.addEventListener('click', () => keys.showHelp());
    document.documentElement.lang = language;
    document.body.replaceChildren(
      this.progress,
      el(
        'main',
        {},
        this.head.title,
        this.annotations.element,
        this.notices.element,
        this.head.about,
        this.loading,
        this.transcript,
        this.composer.element,
        help,
      ),
      this.live,
      keys.dialog,
    );
  }

  receive(message: Exclude<HostMessage, { type: 'language' }>): void {
    switch (message.type) {
      case 'transcript':
        this.received = message;
        return;
      case 'state':
        this.show(message.state);
        return;
      case 'raw':
        this.raw = message;
        if (message.number === this.drawn && this.look.depth === 'raw') this.inPlace(() => this.draw());
        return;
      case 'goTo':
        if (message.number > this.arrived) this.arriveAt(message.place);
        this.arrived = message.number;
        this.vscode.postMessage({ type: 'arrived', number: message.number });
        return;
      case 'copied':
        this.say(message.ok ? l10n.t('Copied') : l10n.t("Couldn't copy"));
        if (message.ok && this.copying?.classList.contains('icon-button')) confirmCopied(this.copying);
    }
  }

  private arriveAt(place: PagePlace): void {
    if (place.part === 'note') return this.annotations.edit();
    if (place.part === 'composer') return this.composer.focus();
    const { depth } = this.look;
    const isHidden =
      place.part !== 'variables' && (depth === 'raw' || (depth === 'messages' && place.call !== undefined));
    if (isHidden) this.setLook({ ...this.look, depth: 'turns' });
    this.goTo.go(place);
  }

  private show(state: PageState): void {
    const wasAtEnd = this.standing !== undefined && isAtEnd();
    this.state = state;
    this.kept.begin(state);
    this.head.show(state);
    this.annotations.show(state);
    this.notices.show(state.notices);
    if (this.composer.show(state.id, state.composer, state.transcript > 0)) {
      this.toTheEnd = true;
      this.say(l10n.t('Sent'));
    }
    if (state.composer !== undefined && this.kept.takeUpWriting()) this.composer.focus();
    this.showLoading(state);
    this.showTranscript(state.transcript, wasAtEnd);
  }

  /**
   * Both fade in late, by CSS: an answer that comes at once shows neither. Over a transcript that is read again there
   * is the bar alone, which moves nothing.
   */
  private showLoading({ busy, transcript }: PageState): void {
    this.transcript.setAttribute('aria-busy', String(busy));
    this.progress.hidden = !busy;
    const word = busy && transcript === 0 ? l10n.t('Loading…') : '';
    if (this.loading.textContent !== word) this.loading.textContent = word;
    this.loading.hidden = word === '';
  }

  private showTranscript(number: number, wasAtEnd: boolean): void {
    if (number === this.drawn) return;
    if (number === 0) {
      this.drawn = 0;
      this.standing = undefined;
      this.transcript.replaceChildren();
      return;
    }
    if (this.received?.number !== number) return;
    this.drawn = number;
    const { standing, received } = this;
    const before = standing?.of === this.shown ? standing?.transcript : undefined;
    const draw = (): void => (before === undefined ? this.draw() : this.grow(before, received.transcript));
    // A conversation that is shown anew begins at its top.
    if (before === undefined && !this.toTheEnd) draw();
    else this.inPlace(draw, wasAtEnd || this.toTheEnd);
    this.toTheEnd = false;
    this.kept.drawn();
  }

  /** The conversation that the state is about: ids are told apart by server. */
  private get shown(): string {
    return JSON.stringify([this.state?.origin, this.state?.id]);
  }

  /** Draws with the reader staying where the reading is: at the end, or else where it was. */
  private inPlace(draw: () => void, wasAtEnd = isAtEnd()): void {
    const top = window.scrollY;
    draw();
    window.scrollTo(0, wasAtEnd ? document.documentElement.scrollHeight : top);
  }

  /** The same conversation, read again. */
  private grow(before: TranscriptView, now: TranscriptView): void {
    const list = this.transcript.querySelector<HTMLElement>('.turns');
    if (this.look.depth === 'raw' && this.transcript.querySelector('.raw') !== null) {
      // What is there stays until the other has come.
      this.standing = { of: this.shown, transcript: now };
      this.vscode.postMessage({ type: 'raw', transcript: this.drawn });
    } else if (list === null || now.turns.length === 0) this.draw();
    else {
      updateTurns(this, list, before, now);
      this.standing = { of: this.shown, transcript: now };
    }
    const added = now.turns.length - before.turns.length;
    if (added > 0) this.say(added === 1 ? l10n.t('1 new turn') : l10n.t('{0} new turns', this.number(added)));
  }

  private draw(): void {
    if (this.received === undefined) return;
    this.standing = { of: this.shown, transcript: this.received.transcript };
    const head = el(
      'div',
      { class: 'transcript-head' },
      el('h2', { id: 'transcript-title' }, l10n.t('Transcript')),
      lookSwitches(this),
    );
    replaceChildren(this.transcript, head, this.transcriptOf(this.received.transcript));
  }

  private transcriptOf(transcript: TranscriptView): HTMLElement {
    if (this.look.depth === 'raw') return this.rawBody();
    return transcript.turns.length === 0 && transcript.rejected === 0
      ? el('p', { class: 'quiet' }, l10n.t('This conversation has no messages.'))
      : turnList(this, transcript);
  }

  private rawBody(): HTMLElement {
    if (this.raw?.number === this.drawn) return el('div', { class: 'raw' }, jsonValue(this, this.raw.raw));
    this.vscode.postMessage({ type: 'raw', transcript: this.drawn });
    return el('p', { class: 'loading', role: 'status' }, l10n.t('Loading…'));
  }

  get look(): Look {
    return this.kept.look;
  }

  /** What is read stays where it is, where it is there at this depth; above the transcript there is nothing to keep. */
  setLook(look: Look): void {
    if (look.depth === this.look.depth && look.asSent === this.look.asSent) return;
    const isAbove = this.transcript.getBoundingClientRect().top > 0;
    const turns = [...this.transcript.querySelectorAll('.turn')].map((each) => ({
      id: each.id,
      top: each.getBoundingClientRect().top,
    }));
    const read = turns.find(({ top }) => top >= 0) ?? turns.at(-1);
    this.kept.look = look;
    if (this.drawn !== 0) this.draw();
    const again = isAbove || read === undefined ? null : document.getElementById(read.id);
    if (again !== null) window.scrollBy(0, again.getBoundingClientRect().top - (read?.top ?? 0));
  }

  go(to: Neighbor): void {
    this.vscode.postMessage({ type: 'go', to });
  }

  find(): void {
    this.vscode.postMessage({ type: 'find' });
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  copy(what: CopyTarget, button: HTMLElement): void {
    if (this.state === undefined) return;
    this.copying = button;
    this.vscode.postMessage({ type: 'copy', what, id: this.state.id, transcript: this.drawn });
  }

  copyId(): void {
    this.copy({ kind: 'id' }, this.head.copyIdButton);
  }

  act(action: PageAction): void {
    this.vscode.postMessage({ type: 'action', action });
  }

  label(of: Pick<PageState, 'id' | 'origin'>, label: Verdict | 'none'): void {
    this.vscode.postMessage({ type: 'label', label, ...of });
  }

  note(of: Pick<PageState, 'id' | 'origin'>, note: string): void {
    this.vscode.postMessage({ type: 'note', note, ...of });
  }

  giveUpNote(of: Pick<PageState, 'id' | 'origin'>): void {
    this.vscode.postMessage({ type: 'giveUpNote', ...of });
  }

  undrawn(turn: number, error: unknown): void {
    // Its name alone: the message may have what was written in it.
    this.vscode.postMessage({ type: 'undrawn', turn, error: error instanceof Error ? error.name : typeof error });
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
