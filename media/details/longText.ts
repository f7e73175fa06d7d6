import * as l10n from '../shared/l10n';
import { el, renderText } from '../shared/dom';
import { formatSize, type Page } from './page';

/** Longer text is folded. */
const maxUnfoldedChars = 4000;
const foldedChars = 2000;
/** A browser takes seconds to lay out a larger block, and minutes for 10 MB. */
const maxBlockChars = 200_000;

/** Renders text. A button shows the rest of a long text. */
export function renderLongText(page: Page, text: string, quote = '', render = renderText): DocumentFragment {
  const fragment = document.createDocumentFragment();
  if (text.length <= maxUnfoldedChars) {
    fragment.append(quote, render(text), quote);
    return fragment;
  }
  const shown = el('span', { class: 'long' }, quote, render(truncate(text, foldedChars)), '…');
  const more = el('button', { type: 'button', class: 'link-button' }, formatRest(page, text));
  let left = text;
  more.addEventListener('click', () => {
    if (left === text) shown.replaceChildren(quote);
    const next = takeBlock(left);
    shown.append(next === text ? render(text) : el('div', {}, renderText(next)));
    left = left.slice(next.length);
    if (left !== '') {
      more.textContent = formatRest(page, left);
      return;
    }
    shown.append(quote);
    // Moves the focus, which would otherwise get lost with the button.
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
    more.remove();
  });
  fragment.append(shown, ' ', more);
  return fragment;
}

function formatRest(page: Page, left: string): string {
  const next = takeBlock(left);
  return next === left
    ? l10n.t('Show all ({0})', formatSize(left, page))
    : l10n.t('Show {0} more ({1} left)', formatSize(next, page), formatSize(left, page));
}

/** Returns as many whole lines as fit into a block, or a part of a longer line. */
function takeBlock(left: string): string {
  if (left.length <= maxBlockChars) return left;
  const lines = left.lastIndexOf('\n', maxBlockChars - 1) + 1;
  return lines > 0 ? left.slice(0, lines) : truncate(left, maxBlockChars);
}

/** Never cuts a surrogate pair. */
function truncate(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
