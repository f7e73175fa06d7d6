import * as l10n from '../shared/l10n';
import type { JsonValue } from '../../src/protocol/details';
import { entriesOf, ExactNumber, isJsonArray, isJsonObject } from '../../src/core/util/exactJson';
import { decodeJsonString } from '../../src/core/text/looseJson';
import { summarizeJson } from '../../src/core/text/summary';
import { el, renderText, type Child } from '../shared/dom';
import { icon } from '../shared/icons';
import { renderLongText } from './longText';
import type { Page } from './page';

/** More children are behind a button, so that a list of 50,000 opens as fast as one of five. */
const maxNewChildren = 100;

/** Renders the first level. Deeper levels are folded, and built when they are opened. */
export function renderJson(page: Page, value: JsonValue): Node {
  const { content, isDecoded } = unwrap(value);
  if (!isContainer(content)) return el('div', { class: 'json' }, renderScalar(page, content));
  const tree = el('div', { class: 'json' }, isDecoded ? createDecodedBadge() : undefined);
  if (isEmpty(content)) tree.append(renderScalar(page, content));
  else appendEntries(page, tree, content);
  return tree;
}

function unwrap(value: JsonValue): { content: JsonValue; isDecoded: boolean } {
  const decoded = typeof value === 'string' ? decodeJsonString(value) : undefined;
  return decoded === undefined ? { content: value, isDecoded: false } : { content: decoded, isDecoded: true };
}

type Container = Exclude<Extract<JsonValue, object>, ExactNumber>;

function isContainer(value: JsonValue): value is Container {
  return typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
}

function isEmpty(value: Container): boolean {
  return Object.keys(value).length === 0;
}

function createDecodedBadge(): HTMLElement {
  return el('span', { class: 'badge', title: l10n.t('Sent as a JSON string; shown decoded.') }, l10n.t('decoded'));
}

function appendEntries(page: Page, parent: Element, value: Container): void {
  const entries: readonly (readonly [string, JsonValue])[] = isJsonArray(value)
    ? value.map((item, index) => [String(index), item])
    : entriesOf(value);
  const inList = isJsonArray(value);
  let shown = 0;
  const append = (): void => {
    const next = entries.slice(shown, shown + maxNewChildren);
    parent.append(...next.map(([key, item]) => renderEntry(page, key, item, inList)));
    shown += next.length;
    const left = entries.length - shown;
    if (left === 0) return;
    const count = page.formatNumber(Math.min(left, maxNewChildren));
    const more = el(
      'button',
      { type: 'button', class: 'link-button' },
      l10n.t('Show {0} more ({1} left)', count, page.formatNumber(left)),
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

function renderEntry(page: Page, key: string, value: JsonValue, inList: boolean): HTMLElement {
  const { content, isDecoded } = unwrap(value);
  const name = el('span', { class: inList ? 'json-index' : 'json-key' }, el('bdi', {}, renderText(key)), ': ');
  if (!isContainer(content) || isEmpty(content)) {
    return el(
      'div',
      { class: 'json-leaf' },
      name,
      renderScalar(page, content),
      isDecoded ? createDecodedBadge() : undefined,
    );
  }
  return renderBranch(page, name, content, isDecoded);
}

function renderBranch(page: Page, name: Child, value: Container, isDecoded: boolean): HTMLElement {
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
      isDecoded ? createDecodedBadge() : undefined,
      el('bdi', { class: 'json-gist', 'aria-hidden': 'true' }, renderText(gist)),
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
  if (isJsonArray(value)) return count === 1 ? l10n.t('1 item') : l10n.t('{0} items', page.formatNumber(count));
  return count === 1 ? l10n.t('1 field') : l10n.t('{0} fields', page.formatNumber(count));
}

function renderScalar(page: Page, value: JsonValue): HTMLElement {
  if (typeof value === 'string') {
    return el('span', { class: 'json-string', dir: 'auto' }, renderLongText(page, value, '"'));
  }
  if (typeof value === 'number' || value instanceof ExactNumber)
    return el('span', { class: 'json-number' }, String(value));
  if (typeof value === 'boolean') return el('span', { class: 'json-boolean' }, String(value));
  return el('span', { class: 'json-nothing' }, value === null ? 'null' : isJsonObject(value) ? '{}' : '[]');
}
