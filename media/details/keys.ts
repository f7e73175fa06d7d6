import * as l10n from '../shared/l10n';
import { el } from '../shared/dom';
import { findDetailLevel } from './viewMode';
import { findVisibleTop } from './visibleTop';
import type { Page } from './page';

export const keyHelp = (): readonly (readonly [readonly string[], string])[] => [
  [['j'], l10n.t('Next turn')],
  [['k'], l10n.t('Previous turn')],
  [['f'], l10n.t('Next tool call')],
  [['e'], l10n.t('Next failed tool call')],
  [['n'], l10n.t('Next conversation in the view')],
  [['p'], l10n.t('Previous conversation in the view')],
  [['c', 'Ctrl+C', '⌘C'], l10n.t('Copy Conversation ID')],
  [['g', 'b', 'u'], l10n.t('Label as good, bad, or unsure, or remove the label')],
  [['1', '2', '3'], l10n.t('Messages, full transcript, raw JSON')],
  [['m'], l10n.t('Toggle Markdown rendering')],
  [['/', 'Ctrl+F', '⌘F'], l10n.t('Find in this conversation')],
  [['?'], l10n.t('Show keyboard shortcuts')],
  [['Esc'], l10n.t('Close keyboard shortcuts')],
];

const fields = 'input, textarea, select, [contenteditable]';

function hasSelection(): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.toString() !== '';
}

/** Single keys that move through the transcript. VS Code's own keybindings have modifiers. */
export class Keys {
  readonly dialog = el('dialog', { class: 'keys', 'aria-labelledby': 'keys-title' });

  constructor(
    private readonly page: Page,
    private readonly transcript: Element,
  ) {
    document.addEventListener('keydown', (event) => this.handleKey(event));
    document.addEventListener('copy', (event) => this.handleCopy(event));
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  showHelp(): void {
    if (this.dialog.open) return;
    const close = el('button', { type: 'button', class: 'button' }, l10n.t('Close'));
    close.addEventListener('click', () => this.dialog.close());
    const rows = keyHelp().map(([keys, label]) =>
      el('div', {}, el('dt', {}, ...keys.map((key) => el('kbd', {}, key))), el('dd', {}, label)),
    );
    this.dialog.replaceChildren(
      el('div', {}, el('h2', { id: 'keys-title' }, l10n.t('Keyboard Shortcuts')), el('dl', {}, ...rows), close),
    );
    this.dialog.showModal();
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(fields)) return;
    if (this.dialog.open) {
      if (event.key === '?') this.dialog.close();
      return;
    }
    const depth = findDetailLevel(event.key);
    const move =
      depth === undefined ? this.actions[event.key] : () => this.page.setViewMode({ ...this.page.viewMode, depth });
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  /**
   * With nothing selected, Ctrl+C copies the conversation's ID, as the panel's menu says. The event is not canceled: a browser
   * would then write its own empty data to the clipboard, perhaps after the host has written the ID.
   */
  private handleCopy(event: ClipboardEvent): void {
    const isInField = event.target instanceof Element && event.target.closest(fields) !== null;
    if (event.defaultPrevented || isInField || hasSelection()) return;
    this.page.copyId();
  }

  private readonly actions: Readonly<Record<string, () => void>> = {
    j: () => this.go('.turn', 1, l10n.t('No more turns')),
    k: () => this.go('.turn', -1, l10n.t('No more turns')),
    f: () => this.go('.call > summary', 1, l10n.t('No more tool calls')),
    e: () => this.go('.call.failed > summary', 1, l10n.t('No more failed tool calls')),
    n: () => this.page.go('next'),
    p: () => this.page.go('previous'),
    c: () => this.page.copyId(),
    g: () => this.page.toggleLabel('good'),
    b: () => this.page.toggleLabel('bad'),
    u: () => this.page.toggleLabel('unsure'),
    m: () => this.page.setViewMode({ ...this.page.viewMode, asSent: !this.page.viewMode.asSent }),
    '/': () => this.page.find(),
    '?': () => this.showHelp(),
  };

  private go(selector: string, step: 1 | -1, endMessage: string): void {
    const places = [...this.transcript.querySelectorAll<HTMLElement>(selector)];
    // A binary search, because comparing the positions of distant siblings is slow.
    const place =
      places[
        step === 1
          ? findFirstIndex(places, (each) => this.isAhead(each))
          : findFirstIndex(places, (each) => !this.isBehind(each)) - 1
      ];
    if (place === undefined) this.page.announce(endMessage);
    else this.reveal(place);
  }

  /** Goes to the next failed tool call, or the first one if there is none below. */
  goToFailure(): void {
    const failures = [...this.transcript.querySelectorAll<HTMLElement>('.call.failed > summary')];
    const place = failures.find((each) => this.isAhead(each)) ?? failures[0];
    if (place !== undefined) this.reveal(place);
  }

  private reveal(place: HTMLElement): void {
    place.focus({ preventScroll: true });
    const block = place.getBoundingClientRect().height > innerHeight ? 'start' : 'nearest';
    place.scrollIntoView({ block });
  }

  /** Relative to the focus in the transcript, else to the top of its visible part. */
  private isAhead(place: HTMLElement): boolean {
    const from = this.findFocused();
    if (from === undefined) return place.getBoundingClientRect().bottom > findVisibleTop();
    // Descendants follow an element too.
    return (from.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  }

  private isBehind(place: HTMLElement): boolean {
    const from = this.findFocused()?.closest('.turn') ?? this.findFocused();
    if (from === undefined) return place.getBoundingClientRect().top < findVisibleTop();
    return (from.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  }

  private findFocused(): Element | undefined {
    const focused = document.activeElement;
    return focused !== null && focused !== this.transcript && this.transcript.contains(focused) ? focused : undefined;
  }
}

/** Finds the first item that matches by a binary search: all later items match too. Returns the length if none does. */
function findFirstIndex<T>(items: readonly T[], matches: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (matches(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
