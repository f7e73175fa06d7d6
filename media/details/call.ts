import * as l10n from '../shared/l10n';
import type { CallView, JsonValue } from '../../src/protocol/details';
import { entriesOf, ExactNumber, isJsonObject } from '../../src/core/util/exactJson';
import { decodeJsonString } from '../../src/core/text/looseJson';
import { createCopyButton } from './buttons';
import { el, screenReaderText, renderText } from '../shared/dom';
import { icon } from '../shared/icons';
import { renderJson } from './json';
import type { Page } from './page';
import { createValueTable } from './table';

export interface CallPlace {
  readonly turn: number;
  readonly call: number;
}

/** Renders a tool call as a summary and a card, which is built when it is opened. */
export function renderCall(page: Page, call: CallView, place: CallPlace): HTMLElement {
  const key = `${place.turn}.${place.call}`;
  const details = el(
    'details',
    { class: call.failure === undefined ? 'call' : 'call failed' },
    renderSummary(page, call, key),
  );
  const build = (): void => {
    if (details.childElementCount === 1) details.append(renderCallBody(page, call, place));
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

function renderSummary(page: Page, call: CallView, key: string): HTMLElement {
  const { failure, argumentsSummary, resultSummary } = call;
  const outcome =
    failure === undefined
      ? resultSummary && el('span', { class: 'gist answer' }, '→ ', el('bdi', {}, renderText(resultSummary)))
      : el(
          'span',
          { class: 'failure' },
          icon('error'),
          l10n.t('Failed'),
          failure.reason === undefined ? undefined : ': ',
          failure.reason === undefined ? undefined : el('bdi', {}, renderText(failure.reason)),
        );
  return el(
    'summary',
    { 'data-key': `call ${key}` },
    icon('chevron'),
    screenReaderText(`${l10n.t('Tool call')} `),
    el('bdi', { class: 'call-name' }, renderText(call.name)),
    argumentsSummary === undefined
      ? undefined
      : el('span', { class: 'gist' }, '(', el('bdi', {}, renderText(argumentsSummary)), ')'),
    outcome || undefined,
  );
}

function renderCallBody(page: Page, call: CallView, place: CallPlace): HTMLElement {
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
        : createCopyButton(page, target('arguments'), l10n.t('Copy the arguments of {0}', call.name)),
      renderArguments(page, call.arguments),
    ),
    section(
      l10n.t('Result'),
      call.result === undefined
        ? undefined
        : createCopyButton(page, target('result'), l10n.t('Copy the result of {0}', call.name)),
      renderResult(page, call.result),
    ),
    createCopyCallButton(page, call, place),
  );
}

function createCopyCallButton(page: Page, call: CallView, place: CallPlace): HTMLElement {
  const what = { kind: 'call', ...place, part: 'whole' } as const;
  const button = el(
    'button',
    { type: 'button', class: 'link-button', 'data-key': `copy ${JSON.stringify(what)}` },
    l10n.t('Copy Tool Call'),
  );
  button.addEventListener('click', () => page.copy(what, button));
  return button;
}

function renderArguments(page: Page, sent: JsonValue | undefined): Node {
  const decoded = typeof sent === 'string' ? decodeJsonString(sent) : undefined;
  const value = decoded ?? sent;
  const none =
    value === undefined ||
    value === null ||
    (typeof value === 'object' && !(value instanceof ExactNumber) && Object.keys(value).length === 0);
  if (none) return el('p', { class: 'quiet' }, l10n.t('No arguments.'));
  if (!isJsonObject(value)) return renderJson(page, value);
  const rows = entriesOf(value).map(([name, item]) => ({ name, value: item }));
  const table = createValueTable(page, [l10n.t('Argument'), l10n.t('Value')], rows);
  if (decoded === undefined) return table;
  const mark = el(
    'span',
    { class: 'badge', title: l10n.t('Sent as a JSON string; shown decoded.') },
    l10n.t('decoded'),
  );
  return el('div', { class: 'decoded-arguments' }, mark, table);
}

function renderResult(page: Page, result: JsonValue | undefined): Node {
  if (result === undefined) return el('p', { class: 'quiet' }, l10n.t('No result.'));
  if (result === '') return el('p', { class: 'quiet' }, l10n.t('Empty string.'));
  return renderJson(page, result);
}
