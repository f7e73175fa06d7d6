import * as l10n from '../shared/l10n';
import { el, written } from '../shared/dom';
import { sizeOf, type Page } from './page';

/** Longer text than this is folded: a browser lays out 200 kB in one block, but nobody scrolls past it. */
const longest = 4000;
const shownFirst = 2000;
/** What a block of more has in it takes a browser seconds, and of 10 MB minutes. */
const shownAtOnce = 200_000;

/**
 * Text, the rest of a long one behind a button that says how much there is.
 * @param draw as it was written, or as the Markdown that it is
 */
export function longText(page: Page, text: string, quote = '', draw = written): DocumentFragment {
  const fragment = document.createDocumentFragment();
  if (text.length <= longest) {
    fragment.append(quote, draw(text), quote);
    return fragment;
  }
  const shown = el('span', { class: 'long' }, quote, draw(start(text, shownFirst)), '…');
  const more = el('button', { type: 'button', class: 'link-button' }, whatIsLeft(page, text));
  let left = text;
  more.addEventListener('click', () => {
    if (left === text) shown.replaceChildren(quote);
    const next = nextOf(left);
    shown.append(next === text ? draw(text) : el('div', {}, written(next)));
    left = left.slice(next.length);
    if (left !== '') {
      more.textContent = whatIsLeft(page, left);
      return;
    }
    shown.append(quote);
    // The button goes; the focus must not go with it to the top of the page.
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
    more.remove();
  });
  fragment.append(shown, ' ', more);
  return fragment;
}

function whatIsLeft(page: Page, left: string): string {
  const next = nextOf(left);
  return next === left
    ? l10n.t('Show all ({0})', sizeOf(left, page))
    : l10n.t('Show {0} more ({1} left)', sizeOf(next, page), sizeOf(left, page));
}

/** As many lines as can be shown at once; of a line that is longer, a part. */
function nextOf(left: string): string {
  if (left.length <= shownAtOnce) return left;
  const lines = left.lastIndexOf('\n', shownAtOnce - 1) + 1;
  return lines > 0 ? left.slice(0, lines) : start(left, shownAtOnce);
}

/** Never half of a surrogate pair. */
function start(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
