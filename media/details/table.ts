import type { JsonValue } from '../../src/protocol/details';
import { el, unseen, written } from '../shared/dom';
import { jsonValue } from './json';
import type { Page } from './page';

export interface TableRow {
  readonly name: string;
  readonly value: JsonValue;
  readonly button?: HTMLElement;
}

/** Names and values, one a row. The column heads are for screen readers: a reader sees which is which. */
export function valueTable(page: Page, heads: readonly [string, string], rows: readonly TableRow[]): HTMLTableElement {
  const body = rows.map(({ name, value, button }) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row', dir: 'auto' }, written(name)),
      el('td', {}, el('div', { class: 'cell' }, jsonValue(page, value), button)),
    ),
  );
  return el(
    'table',
    { class: 'values' },
    el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, unseen(head))))),
    el('tbody', {}, ...body),
  );
}
