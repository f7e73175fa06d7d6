import * as l10n from '../shared/l10n';
import type { CallView, JsonValue } from '../../src/protocol/details';
import { entriesOf, ExactNumber, isJsonObject } from '../../src/core/util/exactJson';
import { decodeJsonString } from '../../src/core/text/looseJson';
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
  const { failure, argumentsSummary, resultSummary } = call;
  const outcome =
    failure === undefined
      ? resultSummary && el('span', { class: 'gist answer' }, '→ ', el('bdi', {}, written(resultSummary)))
      : el(
          'span',
          { class: 'failure' },
          icon('error'),
          l10n.t('Failed'),
          failure.reason === undefined ? undefined : ': ',
          failure.reason === undefined ? undefined : el('bdi', {}, written(failure.reason)),
        );
  return el(
    'summary',
    { 'data-key': `call ${key}` },
    icon('chevron'),
    unseen(`${l10n.t('Tool call')} `),
    el('bdi', { class: 'call-name' }, written(call.name)),
    argumentsSummary === undefined
      ? undefined
      : el('span', { class: 'gist' }, '(', el('bdi', {}, written(argumentsSummary)), ')'),
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
      l10n.t('Arguments'),
      call.arguments === undefined
        ? undefined
        : copyButton(page, target('arguments'), l10n.t('Copy the arguments of {0}', call.name)),
      argumentsOf(page, call.arguments),
    ),
    section(
      l10n.t('Result'),
      call.result === undefined
        ? undefined
        : copyButton(page, target('result'), l10n.t('Copy the result of {0}', call.name)),
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
    l10n.t('Copy Tool Call'),
  );
  button.addEventListener('click', () => page.copy(what, button));
  return button;
}

function argumentsOf(page: Page, sent: JsonValue | undefined): Node {
  const decoded = typeof sent === 'string' ? decodeJsonString(sent) : undefined;
  const value = decoded ?? sent;
  const none =
    value === undefined ||
    value === null ||
    (typeof value === 'object' && !(value instanceof ExactNumber) && Object.keys(value).length === 0);
  if (none) return el('p', { class: 'quiet' }, l10n.t('No arguments.'));
  if (!isJsonObject(value)) return jsonValue(page, value);
  const rows = entriesOf(value).map(([name, item]) => ({ name, value: item }));
  const table = valueTable(page, [l10n.t('Argument'), l10n.t('Value')], rows);
  if (decoded === undefined) return table;
  const mark = el(
    'span',
    { class: 'badge', title: l10n.t('Sent as a JSON string; shown decoded.') },
    l10n.t('decoded'),
  );
  return el('div', { class: 'decoded-arguments' }, mark, table);
}

function resultOf(page: Page, result: JsonValue | undefined): Node {
  if (result === undefined) return el('p', { class: 'quiet' }, l10n.t('No result.'));
  if (result === '') return el('p', { class: 'quiet' }, l10n.t('Empty string.'));
  return jsonValue(page, result);
}
