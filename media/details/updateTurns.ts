import type { TranscriptView } from '../../src/protocol/details';
import { restoreFocus, findFocusedKey } from '../shared/dom';
import type { Page } from './page';
import { fitNumbers, renderTurn } from './turn';

/** Renders only the changed turns, so that cards, selection, and focus in the others stay. */
export function updateTurns(page: Page, list: HTMLElement, before: TranscriptView, after: TranscriptView): void {
  fitNumbers(list, after);
  const key = findFocusedKey(list);
  let above: Element | undefined;
  for (let index = 0; index < Math.max(before.turns.length, after.turns.length); index += 1) {
    const current = list.querySelector(`:scope > #turn-${index + 1}`) ?? undefined;
    const turn = after.turns[index];
    if (turn !== undefined && JSON.stringify(turn) === JSON.stringify(before.turns[index])) {
      above = current ?? above;
      continue;
    }
    const item = turn && renderTurn(page, turn, index);
    const hadFocus = current !== undefined && current === document.activeElement;
    current?.remove();
    if (item === undefined) continue;
    if (above === undefined) list.prepend(item);
    else above.after(item);
    if (hadFocus) item.focus({ preventScroll: true });
    above = item;
  }
  restoreFocus(list, key);
}

export function isAtEnd(): boolean {
  const { scrollHeight } = document.documentElement;
  // Zooming may lose a pixel.
  return window.scrollY + window.innerHeight >= scrollHeight - 2;
}
