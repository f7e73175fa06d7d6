import type { TranscriptView } from '../../src/protocol/details';
import { focusAgain, focusedKey } from '../shared/dom';
import type { Page } from './page';
import { fitNumbers, turnItem } from './turn';

/**
 * Brings drawn turns to what the transcript is now. Turns that are as before are left alone, with whatever the reader has
 * opened, selected or focused in them.
 */
export function updateTurns(page: Page, list: HTMLElement, before: TranscriptView, after: TranscriptView): void {
  fitNumbers(list, after);
  const key = focusedKey(list);
  let above: Element | undefined;
  for (let index = 0; index < Math.max(before.turns.length, after.turns.length); index += 1) {
    const drawn = list.querySelector(`:scope > #turn-${index + 1}`) ?? undefined;
    const turn = after.turns[index];
    if (turn !== undefined && JSON.stringify(turn) === JSON.stringify(before.turns[index])) {
      above = drawn ?? above;
      continue;
    }
    const item = turn && turnItem(page, turn, index);
    const hadFocus = drawn !== undefined && drawn === document.activeElement;
    drawn?.remove();
    if (item === undefined) continue;
    if (above === undefined) list.prepend(item);
    else above.after(item);
    if (hadFocus) item.focus({ preventScroll: true });
    above = item;
  }
  focusAgain(list, key);
}

/** Whether the reader has seen everything: then what is added below is to come into sight. */
export function isAtEnd(): boolean {
  const { scrollHeight } = document.documentElement;
  // A pixel may be lost where the window is zoomed.
  return window.scrollY + window.innerHeight >= scrollHeight - 2;
}
