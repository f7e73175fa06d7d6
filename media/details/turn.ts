import * as l10n from '../shared/l10n';
import type { TranscriptView, TurnView } from '../../src/protocol/details';
import { copyButton } from './buttons';
import { callCard } from './call';
import { el, written } from '../shared/dom';
import { longText } from './longText';
import { markdownText } from './markdown';
import type { Page } from './page';

/** The turns, oldest first. A turn's address in the page is `#turn-N`, counted from one as people do. */
export function turnList(page: Page, transcript: TranscriptView): HTMLElement {
  const list = el('ol', { class: 'turns' }, ...transcript.turns.map((turn, index) => turnItem(page, turn, index)));
  fitNumbers(list, transcript);
  return list;
}

/** Makes room beside the speakers for the digits of the highest number. */
export function fitNumbers(list: HTMLElement, { turns }: TranscriptView): void {
  list.style.setProperty('--digits', String(String(turns.length).length));
}

/** One turn; undefined where it is not shown: where the chat alone is read, one that only called functions says nothing. */
export function turnItem(page: Page, turn: TurnView, index: number): HTMLElement | undefined {
  if (page.look.depth === 'messages' && turn.content === '' && turn.calls.length > 0) return undefined;
  const number = String(index + 1);
  const heading = `turn-${number}-speaker`;
  return el(
    'li',
    { class: `turn ${roleClass(turn.role)}`, id: `turn-${number}`, tabindex: '-1', 'aria-labelledby': heading },
    el(
      'div',
      { class: 'gutter' },
      el('h3', { id: heading }, el('bdi', {}, speaker(page, turn.role))),
      el(
        'a',
        {
          class: 'turn-number',
          href: `#turn-${number}`,
          'data-key': `turn ${number}`,
          'aria-label': l10n.t('Turn {0}', number),
        },
        number,
      ),
    ),
    el(
      'div',
      { class: 'said' },
      ...orAsSent(
        page,
        index,
        () => contentOf(page, turn, index),
        () => [el('div', { class: 'text', dir: 'auto' }, turn.content)],
      ),
    ),
  );
}

/** What can't be drawn stands as it was sent, and takes none of the other turns with it. */
function orAsSent<T>(page: Page, index: number, draw: () => T, asSent: () => T): T {
  try {
    return draw();
  } catch (error) {
    page.undrawn(index, error);
    return asSent();
  }
}

function contentOf(page: Page, turn: TurnView, index: number): Node[] {
  const calls = page.look.depth === 'messages' ? [] : turn.calls;
  return [
    ...saidIn(page, turn, index),
    ...calls.map((call, position) => callCard(page, call, { turn: index, call: position })),
  ];
}

function saidIn(page: Page, turn: TurnView, index: number): Node[] {
  if (turn.content === '') {
    return turn.calls.length > 0 ? [] : [el('p', { class: 'quiet' }, l10n.t('No text.'))];
  }
  const drawn = (text: string): DocumentFragment =>
    orAsSent(
      page,
      index,
      () => markdownText(text),
      () => written(text),
    );
  return [
    page.look.asSent
      ? el('div', { class: 'text', dir: 'auto' }, longText(page, turn.content))
      : el('div', { class: 'text markdown', dir: 'auto' }, longText(page, turn.content, '', drawn)),
    copyButton(page, { kind: 'message', turn: index }, l10n.t('Copy the text of turn {0}', String(index + 1))),
  ];
}

function roleClass(role: string): string {
  return ['assistant', 'user', 'system'].includes(role) ? role : 'other';
}

function speaker(page: Page, role: string): Node | string {
  switch (role) {
    case 'assistant':
      return l10n.t('Assistant');
    case 'user':
      return l10n.t('User');
    case 'system':
      return l10n.t('System');
    case '':
      return l10n.t('Unknown');
    default:
      return written(role);
  }
}
