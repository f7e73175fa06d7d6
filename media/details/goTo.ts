import { findFolded } from '../../src/core/text/fold';
import type { PagePlace } from '../../src/protocol/details';

/** Where in the window what was found is put, from its top: with what was said before it still in sight. */
const fromTop = 1 / 3;

/**
 * Goes to a place of the page, and marks it. The focus stays where it is: whoever goes through a list of places with the
 * keyboard wants to go on there.
 */
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
    this.marked = block;
    block.classList.add('arrived');
    const card = place.call === undefined ? undefined : block.querySelectorAll('.call')[place.call];
    if (card instanceof HTMLDetailsElement && !card.open) {
      // What is in a card is built when the browser tells that it was opened.
      card.addEventListener('toggle', () => show(block, card, place), { once: true });
      card.open = true;
    } else {
      show(block, card, place);
    }
  }
}

function show(block: Element, card: Element | undefined, place: PagePlace): void {
  const part = partOf(block, card, place);
  const range = rangeOf(part, place.found) ?? rangeInRest(part, place.found);
  if (range === undefined) {
    (card ?? block).scrollIntoView({ block: 'start' });
    return;
  }
  CSS.highlights.set('found', new Highlight(range));
  window.scrollTo(0, window.scrollY + range.getBoundingClientRect().top - window.innerHeight * fromTop);
}

/** The element in which it was found; as near as there is one. */
function partOf(block: Element, card: Element | undefined, { part }: PagePlace): Element {
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

/** Of how much the beginning is looked through, in clicks: the more is shown, the longer the browser takes. */
const mostClicks = 10;

/** The rest of a long text waits behind a button. Deeper JSON stays folded: its card is gone to. */
function rangeInRest(part: Element, found: string): Range | undefined {
  if (found === '') return undefined;
  for (const button of part.querySelectorAll<HTMLElement>('.text > .link-button, .json-string > .link-button')) {
    for (let clicks = 0; button.isConnected && clicks < mostClicks; clicks += 1) {
      const before = document.activeElement;
      button.click();
      // The button hands the focus on to the text, and nobody pressed it.
      if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      const range = rangeOf(part, found);
      if (range !== undefined) return range;
    }
  }
  return undefined;
}

function rangeOf(part: Element, found: string): Range | undefined {
  const wanted = found.replace(/\r\n/g, '\n');
  if (wanted === '') return undefined;
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const { data } = node as Text;
    const whole = findFolded(data, wanted);
    // Two flags in a row have no end of the first here.
    const start = whole < 0 ? data.indexOf(wanted) : whole;
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + wanted.length);
    return range;
  }
  return undefined;
}
