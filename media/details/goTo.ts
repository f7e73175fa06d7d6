import { findFolded } from '../../src/core/text/fold';
import type { PagePlace } from '../../src/protocol/details';

/** Position of the found text in the window, so that the text before it is visible too. */
const topRatio = 1 / 3;

/** Scrolls to a place and marks it. The focus stays, for keyboard users who go through the search results. */
export class GoTo {
  private marked: Element | undefined;

  go(place: PagePlace): void {
    this.marked?.classList.remove('arrived');
    CSS.highlights.delete('found');
    const block =
      place.part === 'variables'
        ? document.querySelector('.variables')
        : document.getElementById(`turn-${(place.turn ?? -1) + 1}`);
    if (block === null) return;
    block.closest('details')?.setAttribute('open', '');
    this.marked = block;
    block.classList.add('arrived');
    const card = place.call === undefined ? undefined : block.querySelectorAll('.call')[place.call];
    if (card instanceof HTMLDetailsElement && !card.open) {
      // The card's content is built on its toggle event.
      card.addEventListener('toggle', () => show(block, card, place), { once: true });
      card.open = true;
    } else {
      show(block, card, place);
    }
  }
}

function show(block: Element, card: Element | undefined, place: PagePlace): void {
  const part = findPart(block, card, place);
  const range = findRange(part, place.found) ?? findRangeInRest(part, place.found);
  if (range === undefined) {
    (card ?? block).scrollIntoView({ block: 'start' });
    return;
  }
  CSS.highlights.set('found', new Highlight(range));
  window.scrollTo(0, window.scrollY + range.getBoundingClientRect().top - window.innerHeight * topRatio);
}

function findPart(block: Element, card: Element | undefined, { part }: PagePlace): Element {
  const sections = card?.querySelectorAll(':scope > .call-body > section');
  switch (part) {
    case 'note':
    case 'composer':
    case 'variables':
      return block;
    case 'message':
      return block.querySelector('.text') ?? block;
    case 'name':
      return card?.querySelector('.call-name') ?? block;
    case 'arguments':
      return sections?.[0] ?? card ?? block;
    case 'result':
      return sections?.[1] ?? card ?? block;
  }
}

/** Limits the searched part of a long text, because the browser renders each part. */
const maxClicks = 10;

/** Searches the hidden rest of long texts. Deeper JSON stays folded. */
function findRangeInRest(part: Element, found: string): Range | undefined {
  if (found === '') return undefined;
  for (const button of part.querySelectorAll<HTMLElement>('.text > .link-button, .json-string > .link-button')) {
    for (let clicks = 0; button.isConnected && clicks < maxClicks; clicks += 1) {
      const before = document.activeElement;
      button.click();
      // The button moves the focus to the text, although the user didn't press it.
      if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      const range = findRange(part, found);
      if (range !== undefined) return range;
    }
  }
  return undefined;
}

function findRange(part: Element, found: string): Range | undefined {
  const wanted = found.replace(/\r\n/g, '\n');
  if (wanted === '') return undefined;
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const { data } = node as Text;
    const whole = findFolded(data, wanted);
    // `findFolded` doesn't match half of two adjacent flags.
    const start = whole < 0 ? data.indexOf(wanted) : whole;
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + wanted.length);
    return range;
  }
  return undefined;
}
