import * as l10n from './l10n';
import { splitSegments } from '../../src/core/text/segments';

export type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | undefined>>;

/** Creates an element. Strings become text, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Text for screen readers only. */
export function screenReaderText(text: string): HTMLElement {
  return el('span', { class: 'unseen' }, text);
}

/** A browser takes minutes to lay out 50,000 elements in a line. Further characters are shown as "[…]". */
const maxMarked = 500;

/** Renders untrusted text. Characters that hide or reorder text are shown as code points. */
export function renderText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let marked = 0;
  let rest = '';
  for (const segment of splitSegments(text)) {
    if (marked >= maxMarked) rest += segment.kind === 'text' ? segment.text : '[…]';
    else if (segment.kind === 'text') fragment.append(segment.text);
    else {
      fragment.append(
        el(
          'bdi',
          {
            class: 'hidden-characters',
            dir: 'ltr',
            title: l10n.t('Characters that are invisible or change how the surrounding text reads'),
          },
          `⟨${segment.codes}⟩`,
        ),
      );
      marked += 1;
    }
  }
  fragment.append(rest);
  return fragment;
}

/** Replaces the children. The focus moves to the new element with the same `data-key`. */
export function replaceChildren(parent: Element, ...children: readonly Child[]): void {
  const key = findFocusedKey(parent);
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  restoreFocus(parent, key);
}

export function findFocusedKey(parent: Element): string | null {
  const focused = document.activeElement;
  return focused !== null && parent.contains(focused) ? focused.getAttribute('data-key') : null;
}

export function restoreFocus(parent: Element, key: string | null): void {
  if (key === null || findFocusedKey(parent) === key) return;
  const again = parent.querySelector(`[data-key=${CSS.escape(key)}]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
