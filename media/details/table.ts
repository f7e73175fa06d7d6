import type { JsonValue } from '../../src/protocol/details';
import { el, screenReaderText, renderText } from '../shared/dom';
import { renderJson } from './json';
import type { Page } from './page';

export interface TableRow {
  readonly name: string;
  readonly value: JsonValue;
  readonly button?: HTMLElement;
}

/** The column heads are for screen readers only. */
export function createValueTable(
  page: Page,
  heads: readonly [string, string],
  rows: readonly TableRow[],
): HTMLTableElement {
  const body = rows.map(({ name, value, button }) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row', dir: 'auto' }, renderText(name)),
      el('td', {}, el('div', { class: 'cell' }, renderJson(page, value), button)),
    ),
  );
  return el(
    'table',
    { class: 'values' },
    el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, screenReaderText(head))))),
    el('tbody', {}, ...body),
  );
}
