import * as l10n from '../shared/l10n';
import type { JsonValue } from '../../src/protocol/details';
import { entriesOf, ExactNumber, isJsonArray, isJsonObject } from '../../src/core/util/exactJson';
import { decodeJsonString } from '../../src/core/text/looseJson';
import { summarizeJson } from '../../src/core/text/summary';
import { el, written, type Child } from '../shared/dom';
import { icon } from '../shared/icons';
import { longText } from './longText';
import type { Page } from './page';

/** Children shown at once; the others wait behind a button, so that a list of 50,000 opens as fast as one of five. */
const shownAtOnce = 100;

/** A JSON value to read: its first level, deeper ones folded and not built until they are opened. */
export function jsonValue(page: Page, value: JsonValue): Node {
  const { content, decoded } = unwrapped(value);
  if (!isContainer(content)) return el('div', { class: 'json' }, scalar(page, content));
  const tree = el('div', { class: 'json' }, decoded ? decodedMark() : undefined);
  if (isEmpty(content)) tree.append(scalar(page, content));
  else appendEntries(page, tree, content);
  return tree;
}

function unwrapped(value: JsonValue): { content: JsonValue; decoded: boolean } {
  const decoded = typeof value === 'string' ? decodeJsonString(value) : undefined;
  return decoded === undefined ? { content: value, decoded: false } : { content: decoded, decoded: true };
}

type Container = Exclude<Extract<JsonValue, object>, ExactNumber>;

function isContainer(value: JsonValue): value is Container {
  return typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
}

function isEmpty(value: Container): boolean {
  return Object.keys(value).length === 0;
}

function decodedMark(): HTMLElement {
  return el('span', { class: 'badge', title: l10n.t('Sent as a JSON string; shown decoded.') }, l10n.t('decoded'));
}

function appendEntries(page: Page, parent: Element, value: Container): void {
  const entries: readonly (readonly [string, JsonValue])[] = isJsonArray(value)
    ? value.map((item, index) => [String(index), item])
    : entriesOf(value);
  const inList = isJsonArray(value);
  let shown = 0;
  const append = (): void => {
    const next = entries.slice(shown, shown + shownAtOnce);
    parent.append(...next.map(([key, item]) => entry(page, key, item, inList)));
    shown += next.length;
    const left = entries.length - shown;
    if (left === 0) return;
    const count = page.number(Math.min(left, shownAtOnce));
    const more = el(
      'button',
      { type: 'button', class: 'link-button' },
      l10n.t('Show {0} more ({1} left)', count, page.number(left)),
    );
    more.addEventListener('click', () => {
      const first = shown;
      more.remove();
      append();
      const revealed = parent.children[parent.children.length - (entries.length > shown ? 1 : 0) - (shown - first)];
      focusOn(revealed);
    });
    parent.append(more);
  };
  append();
}

function focusOn(element: Element | undefined): void {
  const target = element?.querySelector('summary') ?? element;
  if (!(target instanceof HTMLElement)) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function entry(page: Page, key: string, value: JsonValue, inList: boolean): HTMLElement {
  const { content, decoded } = unwrapped(value);
  const name = el('span', { class: inList ? 'json-index' : 'json-key' }, el('bdi', {}, written(key)), ': ');
  if (!isContainer(content) || isEmpty(content)) {
    return el('div', { class: 'json-leaf' }, name, scalar(page, content), decoded ? decodedMark() : undefined);
  }
  return branch(page, name, content, decoded);
}

function branch(page: Page, name: Child, value: Container, decoded: boolean): HTMLElement {
  const count = isJsonArray(value) ? value.length : entriesOf(value).length;
  const gist = summarizeJson(value) ?? '';
  const details = el(
    'details',
    { class: 'json-branch' },
    el(
      'summary',
      {},
      icon('chevron'),
      name,
      el('span', { class: 'json-count' }, countLabel(page, value, count)),
      decoded ? decodedMark() : undefined,
      el('bdi', { class: 'json-gist', 'aria-hidden': 'true' }, written(gist)),
    ),
  );
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return;
    const children = el('div', { class: 'json-children' });
    appendEntries(page, children, value);
    details.append(children);
  });
  return details;
}

function countLabel(page: Page, value: Container, count: number): string {
  if (isJsonArray(value)) return count === 1 ? l10n.t('1 item') : l10n.t('{0} items', page.number(count));
  return count === 1 ? l10n.t('1 field') : l10n.t('{0} fields', page.number(count));
}

function scalar(page: Page, value: JsonValue): HTMLElement {
  if (typeof value === 'string') {
    return el('span', { class: 'json-string', dir: 'auto' }, longText(page, value, '"'));
  }
  if (typeof value === 'number' || value instanceof ExactNumber)
    return el('span', { class: 'json-number' }, String(value));
  if (typeof value === 'boolean') return el('span', { class: 'json-boolean' }, String(value));
  return el('span', { class: 'json-nothing' }, value === null ? 'null' : isJsonObject(value) ? '{}' : '[]');
}
