import type { CallView, JsonValue } from '../../src/protocol/details';
import { entriesOf, ExactNumber, isJsonObject } from '../../src/core/util/exactJson';
import { decodedString } from '../../src/core/text/looseJson';
import { copyButton } from './buttons';
import { el, unseen, written } from '../shared/dom';
import { icon } from '../shared/icons';
import { jsonValue } from './json';
import type { Page } from './page';
import { valueTable } from './table';

export interface CallPlace {
  readonly turn: number;
  readonly call: number;
}

/** One function call: a line to scan, and a card to read once it is opened. */
export function callCard(page: Page, call: CallView, place: CallPlace): HTMLElement {
  const key = `${place.turn}.${place.call}`;
  const details = el(
    'details',
    { class: call.failure === undefined ? 'call' : 'call failed' },
    summaryLine(page, call, key),
  );
  const build = (): void => {
    if (details.childElementCount === 1) details.append(cardBody(page, call, place));
  };
  if (page.isOpen(key)) {
    build();
    details.open = true;
  }
  details.addEventListener('toggle', () => {
    if (details.open) build();
    page.setOpen(key, details.open);
  });
  return details;
}

function summaryLine(page: Page, call: CallView, key: string): HTMLElement {
  const hint = page.word('hiddenCharacters');
  const { failure, argumentsSummary, resultSummary } = call;
  const outcome =
    failure === undefined
      ? resultSummary && el('span', { class: 'gist answer' }, '→ ', el('bdi', {}, written(resultSummary, hint)))
      : el(
          'span',
          { class: 'failure' },
          icon('error'),
          page.word('failed'),
          failure.reason === undefined ? undefined : ': ',
          failure.reason === undefined ? undefined : el('bdi', {}, written(failure.reason, hint)),
        );
  return el(
    'summary',
    { 'data-key': `call ${key}` },
    icon('chevron'),
    unseen(`${page.word('functionCall')} `),
    el('bdi', { class: 'call-name' }, written(call.name, hint)),
    argumentsSummary === undefined
      ? undefined
      : el('span', { class: 'gist' }, '(', el('bdi', {}, written(argumentsSummary, hint)), ')'),
    outcome || undefined,
  );
}

function cardBody(page: Page, call: CallView, place: CallPlace): HTMLElement {
  const target = (part: 'arguments' | 'result' | 'whole') => ({ kind: 'call', ...place, part }) as const;
  const section = (title: string, button: HTMLElement | undefined, ...content: Node[]): HTMLElement =>
    el('section', {}, el('div', { class: 'part-head' }, el('h4', {}, title), button), ...content);
  return el(
    'div',
    { class: 'call-body' },
    section(
      page.word('arguments'),
      call.arguments === undefined ? undefined : copyButton(page, target('arguments'), 'copyArguments', call.name),
      argumentsOf(page, call.arguments),
    ),
    section(
      page.word('result'),
      call.result === undefined ? undefined : copyButton(page, target('result'), 'copyResult', call.name),
      resultOf(page, call.result),
    ),
    wholeCallButton(page, call, place),
  );
}

function wholeCallButton(page: Page, call: CallView, place: CallPlace): HTMLElement {
  const what = { kind: 'call', ...place, part: 'whole' } as const;
  const button = el(
    'button',
    { type: 'button', class: 'link-button', 'data-key': `copy ${JSON.stringify(what)}` },
    page.word('copyCall', call.name),
  );
  button.addEventListener('click', () => page.copy(what, button));
  return button;
}

function argumentsOf(page: Page, sent: JsonValue | undefined): Node {
  const decoded = typeof sent === 'string' ? decodedString(sent) : undefined;
  const value = decoded ?? sent;
  const none =
    value === undefined ||
    value === null ||
    (typeof value === 'object' && !(value instanceof ExactNumber) && Object.keys(value).length === 0);
  if (none) return el('p', { class: 'quiet' }, page.word('noArguments'));
  if (!isJsonObject(value)) return jsonValue(page, value);
  const rows = entriesOf(value).map(([name, item]) => ({ name, value: item }));
  const table = valueTable(page, [page.word('argument'), page.word('value')], rows);
  if (decoded === undefined) return table;
  const mark = el('span', { class: 'badge', title: page.word('decodedHint') }, page.word('decoded'));
  return el('div', { class: 'decoded-arguments' }, mark, table);
}

function resultOf(page: Page, result: JsonValue | undefined): Node {
  if (result === undefined) return el('p', { class: 'quiet' }, page.word('noResult'));
  if (result === '') return el('p', { class: 'quiet' }, page.word('emptyText'));
  return jsonValue(page, result);
}
