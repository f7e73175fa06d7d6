import { el, written } from '../shared/dom';
import { sizeOf, type Page } from './page';

/** Longer text than this is folded: a browser lays out 200 kB in one block, but nobody scrolls past it. */
const longest = 4000;
const shownFirst = 2000;

/**
 * Text, the rest of a long one behind a button that says how much there is.
 * @param draw as it was written, or as the Markdown that it is
 */
export function longText(page: Page, text: string, quote = '', draw = written): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const hint = page.word('hiddenCharacters');
  if (text.length <= longest) {
    fragment.append(quote, draw(text, hint), quote);
    return fragment;
  }
  const shown = el('span', { class: 'long' }, quote, draw(start(text), hint), '…');
  const more = el('button', { type: 'button', class: 'link-button' }, page.word('showAll', sizeOf(text, page)));
  more.addEventListener('click', () => {
    shown.replaceChildren(quote, draw(text, hint), quote);
    // The button goes; the focus must not go with it to the top of the page.
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
    more.remove();
  });
  fragment.append(shown, ' ', more);
  return fragment;
}

/** Never half of a surrogate pair. */
function start(text: string): string {
  const cut = text.slice(0, shownFirst);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
