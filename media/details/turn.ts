import * as l10n from '../shared/l10n';
import type { TranscriptView, TurnView } from '../../src/protocol/details';
import { createCopyButton } from './buttons';
import { renderCall } from './call';
import { el, renderText } from '../shared/dom';
import { renderLongText } from './longText';
import { renderMarkdown } from './markdown';
import type { Page } from './page';

/** Renders the turns, oldest first. Their element IDs `turn-N` count from 1. */
export function renderTurns(page: Page, transcript: TranscriptView): HTMLElement {
  const list = el('ol', { class: 'turns' }, ...transcript.turns.map((turn, index) => renderTurn(page, turn, index)));
  fitNumbers(list, transcript);
  return list;
}

/** Makes room for the digits of the highest turn number. */
export function fitNumbers(list: HTMLElement, { turns }: TranscriptView): void {
  list.style.setProperty('--digits', String(String(turns.length).length));
}

/** Returns undefined for a turn without text if only messages are shown. */
export function renderTurn(page: Page, turn: TurnView, index: number): HTMLElement | undefined {
  if (page.viewMode.depth === 'messages' && turn.content === '' && turn.calls.length > 0) return undefined;
  const number = String(index + 1);
  const heading = `turn-${number}-speaker`;
  return el(
    'li',
    { class: `turn ${roleClass(turn.role)}`, id: `turn-${number}`, tabindex: '-1', 'aria-labelledby': heading },
    el(
      'div',
      { class: 'gutter' },
      el('h3', { id: heading }, el('bdi', {}, createSpeaker(page, turn.role))),
      createNumber(page, index),
    ),
    el(
      'div',
      { class: 'said' },
      ...renderOrFallback(
        page,
        index,
        () => renderContent(page, turn, index),
        () => [el('div', { class: 'text', dir: 'auto' }, turn.content)],
      ),
    ),
  );
}

/** The number, which copies a link to the turn. */
function createNumber(page: Page, index: number): HTMLElement {
  const number = String(index + 1);
  const label = l10n.t('Copy Link to Turn {0}', number);
  const attributes = { type: 'button', class: 'turn-number', title: label, 'aria-label': label };
  const button = el('button', { ...attributes, 'data-key': `turn ${number}` }, number);
  button.addEventListener('click', () => page.copy({ kind: 'turnLink', turn: index }, button));
  return button;
}

/** Shows a turn as sent if rendering it fails. */
function renderOrFallback<T>(page: Page, index: number, render: () => T, fallback: () => T): T {
  try {
    return render();
  } catch (error) {
    page.reportRenderError(index, error);
    return fallback();
  }
}

/** The calls come first, because the reply was made from them. */
function renderContent(page: Page, turn: TurnView, index: number): Node[] {
  const calls = page.viewMode.depth === 'messages' ? [] : turn.calls;
  return [
    ...calls.map((call, position) => renderCall(page, call, { turn: index, call: position })),
    ...renderMessage(page, turn, index),
  ];
}

function renderMessage(page: Page, turn: TurnView, index: number): Node[] {
  if (turn.content === '') {
    return turn.calls.length > 0 ? [] : [el('p', { class: 'quiet' }, l10n.t('No text.'))];
  }
  const render = (text: string): DocumentFragment =>
    renderOrFallback(
      page,
      index,
      () => renderMarkdown(text),
      () => renderText(text),
    );
  return [
    page.viewMode.asSent
      ? el('div', { class: 'text', dir: 'auto' }, renderLongText(page, turn.content))
      : el('div', { class: 'text markdown', dir: 'auto' }, renderLongText(page, turn.content, '', render)),
    createCopyButton(page, { kind: 'message', turn: index }, l10n.t('Copy the text of turn {0}', String(index + 1))),
  ];
}

function roleClass(role: string): string {
  return ['assistant', 'user', 'system'].includes(role) ? role : 'other';
}

function createSpeaker(page: Page, role: string): Node | string {
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
      return renderText(role);
  }
}
