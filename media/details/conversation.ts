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
import { About } from './about';
import { Annotations } from './annotations';
import { confirmCopied } from '../shared/copied';
import { Composer } from './composer';
import { el, replaceChildren, screenReaderText } from '../shared/dom';
import { GoTo } from './goTo';
import { isAtEnd, updateTurns } from './updateTurns';
import { Head } from './head';
import { icon } from '../shared/icons';
import { renderJson } from './json';
import { StateStore } from './stateStore';
import { Keys } from './keys';
import { PendingMessage } from './pendingMessage';
import { createViewSwitches, type ViewMode } from './viewMode';
import { NewTurns } from './newTurns';
import { Notices } from './notices';
import type { Page } from './page';
import { renderTurns } from './turn';
import { findVisibleTop } from './visibleTop';
import type { VsCodeApi } from '../shared/vscode';

export class Conversation implements Page {
  private readonly store: StateStore;
  private readonly numbers: Intl.NumberFormat;
  private readonly live = el('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  private readonly transcript = el('section', { class: 'transcript', 'aria-labelledby': 'transcript-title' });
  private readonly progress = el('div', { class: 'progress', hidden: '' });
  private readonly loading = el('p', { class: 'loading', role: 'status' });
  private readonly switches = el('div', { class: 'switches' });
  private readonly head: Head;
  private readonly about: About;
  private readonly keys: Keys;
  private readonly newTurns = new NewTurns(this);
  private readonly notices: Notices;
  private readonly annotations = new Annotations(this);
  private readonly composer: Composer;
  private readonly pending: PendingMessage;
  /** Whether to show the end of the next transcript, which has the reply. */
  private shouldScrollToEnd = false;
  private state: PageState | undefined;
  private received: { readonly number: number; readonly transcript: TranscriptView } | undefined;
  private raw: { readonly number: number; readonly raw: JsonValue } | undefined;
  private renderedNumber = 0;
  private rendered: { readonly of: string; readonly transcript: TranscriptView } | undefined;
  private copying: HTMLElement | undefined;
  private readonly goTo = new GoTo();
  /** Number of the last `goTo` message, which the host repeats until it is confirmed. */
  private lastGoTo = 0;

  constructor(
    private readonly vscode: VsCodeApi<PageMessage, SavedState>,
    language: string,
  ) {
    this.store = new StateStore(vscode);
    this.numbers = new Intl.NumberFormat(language);
    this.keys = new Keys(this, this.transcript);
    this.head = new Head(this, this.annotations, this.createHelpButton());
    this.about = new About(this, (open) => this.vscode.postMessage({ type: 'about', open }));
    this.notices = new Notices(this);
    this.pending = new PendingMessage(() => {
      if (this.state !== undefined) this.vscode.postMessage({ type: 'stopWaiting', id: this.state.id });
    });
    this.composer = new Composer(
      this,
      (message) => this.vscode.postMessage(message),
      (isWriting) => (this.store.isWriting = isWriting),
    );
    document.documentElement.lang = language;
    document.body.replaceChildren(
      this.progress,
      this.head.element,
      el(
        'main',
        {},
        this.notices.element,
        el('div', { class: 'toolbar' }, this.about.element, this.switches),
        this.loading,
        this.transcript,
        this.pending.element,
        el('div', { class: 'bottom' }, this.newTurns.element, this.composer.element),
      ),
      this.live,
      this.keys.dialog,
    );
  }

  private createHelpButton(): HTMLElement {
    const label = l10n.t('Keyboard Shortcuts (?)');
    const help = el(
      'button',
      { type: 'button', class: 'icon-button help', title: label, 'aria-label': label },
      icon('keyboard'),
    );
    help.addEventListener('click', () => this.keys.showHelp());
    return help;
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
        if (message.number === this.renderedNumber && this.viewMode.depth === 'raw')
          this.keepScroll(() => this.render());
        return;
      case 'goTo':
        if (message.number > this.lastGoTo) this.goToPlace(message.place);
        this.lastGoTo = message.number;
        this.vscode.postMessage({ type: 'arrived', number: message.number });
        return;
      case 'copied':
        this.announce(message.ok ? l10n.t('Copied') : l10n.t("Couldn't copy"));
        if (message.ok && this.copying?.classList.contains('icon-button')) confirmCopied(this.copying);
    }
  }

  private goToPlace(place: PagePlace): void {
    if (place.part === 'note') return this.annotations.edit();
    if (place.part === 'composer') return this.composer.focus();
    const { depth } = this.viewMode;
    const isHidden =
      place.part !== 'variables' && (depth === 'raw' || (depth === 'messages' && place.call !== undefined));
    if (isHidden) this.setViewMode({ ...this.viewMode, depth: 'turns' });
    this.goTo.go(place);
  }

  private show(state: PageState): void {
    const wasAtEnd = this.rendered !== undefined && isAtEnd();
    this.state = state;
    this.store.start(state);
    this.head.show(state);
    this.about.show(state);
    this.annotations.show(state);
    this.notices.show(state.notices);
    const wasSent = this.composer.show(state.id, state.composer, state.transcript > 0);
    if (wasSent) {
      this.shouldScrollToEnd = true;
      this.announce(l10n.t('Sent'));
    }
    if (state.composer !== undefined && this.store.consumeWriting()) this.composer.focus();
    this.showLoading(state);
    const isNewlySent = this.pending.show(state.composer?.pending, wasSent || state.busy);
    this.showTranscript(state.transcript, wasAtEnd);
    if (isNewlySent) window.scrollTo(0, document.documentElement.scrollHeight);
  }

  /** Both fade in late by CSS. A reload shows only the bar, which moves nothing. */
  private showLoading({ busy, transcript }: PageState): void {
    this.transcript.setAttribute('aria-busy', String(busy));
    this.progress.hidden = !busy;
    const text = busy && transcript === 0 ? l10n.t('Loading…') : '';
    if (this.loading.textContent !== text) this.loading.textContent = text;
    this.loading.hidden = text === '';
  }

  private showTranscript(number: number, wasAtEnd: boolean): void {
    if (number === this.renderedNumber) return;
    if (number === 0) {
      this.renderedNumber = 0;
      this.rendered = undefined;
      this.transcript.replaceChildren();
      this.switches.replaceChildren();
      this.newTurns.hide();
      this.head.showCalls(undefined);
      return;
    }
    if (this.received?.number !== number) return;
    this.renderedNumber = number;
    const { rendered, received } = this;
    const before = rendered?.of === this.conversationKey ? rendered.transcript : undefined;
    const render = (): void =>
      before === undefined ? this.render() : this.updateTranscript(before, received.transcript);
    // Another conversation starts at its top.
    if (before === undefined && !this.shouldScrollToEnd) render();
    else this.keepScroll(render, wasAtEnd || this.shouldScrollToEnd);
    this.shouldScrollToEnd = false;
    this.store.restoreScroll();
    this.head.showCalls(received.transcript);
    if (before === undefined) this.newTurns.hide();
    else if (received.transcript.turns.length > before.turns.length)
      this.announce(this.newTurns.add(before, received.transcript));
  }

  /** Servers may have conversations with the same ID. */
  private get conversationKey(): string {
    return JSON.stringify([this.state?.origin, this.state?.id]);
  }

  /** Keeps the scroll position, or the end if the page shows it. */
  private keepScroll(render: () => void, wasAtEnd = isAtEnd()): void {
    const top = window.scrollY;
    render();
    window.scrollTo(0, wasAtEnd ? document.documentElement.scrollHeight : top);
  }

  private updateTranscript(before: TranscriptView, now: TranscriptView): void {
    const list = this.transcript.querySelector<HTMLElement>('.turns');
    if (this.viewMode.depth === 'raw' && this.transcript.querySelector('.raw') !== null) {
      // Keeps the previous body until the new one has arrived.
      this.rendered = { of: this.conversationKey, transcript: now };
      this.vscode.postMessage({ type: 'raw', transcript: this.renderedNumber });
    } else if (list === null || now.turns.length === 0) this.render();
    else {
      updateTurns(this, list, before, now);
      this.rendered = { of: this.conversationKey, transcript: now };
    }
  }

  private render(): void {
    if (this.received === undefined) return;
    this.rendered = { of: this.conversationKey, transcript: this.received.transcript };
    replaceChildren(this.switches, ...createViewSwitches(this));
    const title = el('h2', { id: 'transcript-title', class: 'unseen' }, l10n.t('Transcript'));
    replaceChildren(this.transcript, title, this.renderTranscript(this.received.transcript));
  }

  private renderTranscript(transcript: TranscriptView): HTMLElement {
    if (this.viewMode.depth === 'raw') return this.renderRaw();
    return transcript.turns.length === 0 && transcript.rejected === 0
      ? el('p', { class: 'quiet' }, l10n.t('This conversation has no messages.'))
      : renderTurns(this, transcript);
  }

  private renderRaw(): HTMLElement {
    if (this.raw?.number === this.renderedNumber) return el('div', { class: 'raw' }, renderJson(this, this.raw.raw));
    this.vscode.postMessage({ type: 'raw', transcript: this.renderedNumber });
    return el('p', { class: 'loading', role: 'status' }, l10n.t('Loading…'));
  }

  get viewMode(): ViewMode {
    return this.store.viewMode;
  }

  /** Keeps the position of the topmost visible turn. */
  setViewMode(viewMode: ViewMode): void {
    if (viewMode.depth === this.viewMode.depth && viewMode.asSent === this.viewMode.asSent) return;
    const visibleTop = findVisibleTop();
    const isAbove = this.transcript.getBoundingClientRect().top > visibleTop;
    const turns = [...this.transcript.querySelectorAll('.turn')].map((each) => ({
      id: each.id,
      top: each.getBoundingClientRect().top,
    }));
    const anchor = turns.find(({ top }) => top >= visibleTop) ?? turns.at(-1);
    this.store.viewMode = viewMode;
    if (this.renderedNumber !== 0) this.render();
    const again = isAbove || anchor === undefined ? null : document.getElementById(anchor.id);
    if (again !== null) window.scrollBy(0, again.getBoundingClientRect().top - (anchor?.top ?? 0));
  }

  toggleLabel(label: Verdict): void {
    this.annotations.toggle(label);
  }

  goToFailure(): void {
    if (this.viewMode.depth !== 'turns') this.setViewMode({ ...this.viewMode, depth: 'turns' });
    this.keys.goToFailure();
  }

  go(to: Neighbor): void {
    this.vscode.postMessage({ type: 'go', to });
  }

  find(): void {
    this.vscode.postMessage({ type: 'find' });
  }

  formatNumber(value: number): string {
    return this.numbers.format(value);
  }

  copy(what: CopyTarget, button: HTMLElement): void {
    if (this.state === undefined) return;
    this.copying = button;
    this.vscode.postMessage({ type: 'copy', what, id: this.state.id, transcript: this.renderedNumber });
  }

  copyId(): void {
    this.copy({ kind: 'id' }, this.head.copyIdButton);
  }

  act(action: PageAction): void {
    this.vscode.postMessage({ type: 'action', action });
  }

  setLabel(of: Pick<PageState, 'id' | 'origin'>, label: Verdict | 'none'): void {
    this.vscode.postMessage({ type: 'label', label, ...of });
  }

  saveNote(of: Pick<PageState, 'id' | 'origin'>, note: string): void {
    this.vscode.postMessage({ type: 'note', note, ...of });
  }

  discardNote(of: Pick<PageState, 'id' | 'origin'>): void {
    this.vscode.postMessage({ type: 'giveUpNote', ...of });
  }

  reportRenderError(turn: number, error: unknown): void {
    // Only the error's name: its message may contain the turn's text.
    this.vscode.postMessage({ type: 'undrawn', turn, error: error instanceof Error ? error.name : typeof error });
  }

  announce(text: string): void {
    // A new element, so that screen readers announce the same text again.
    this.live.replaceChildren(screenReaderText(text));
  }

  isOpen(card: string): boolean {
    return this.store.isOpen(card);
  }

  setOpen(card: string, open: boolean): void {
    this.store.setOpen(card, open);
  }
}
