import * as l10n from './l10n';
import { splitSegments } from '../../src/core/text/segments';

export type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | undefined>>;

/** An element with attributes and children. Strings become text, never markup. */
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

/** Said to screen readers only. */
export function unseen(text: string): HTMLElement {
  return el('span', { class: 'unseen' }, text);
}

/** A browser lays out some hundreds of elements in a line in no time, and takes minutes for 50,000. The others have no number. */
const mostMarked = 500;

/** What a stranger wrote, with the characters that would hide or reorder text shown by their code points. */
export function written(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let marked = 0;
  let rest = '';
  for (const segment of splitSegments(text)) {
    if (marked >= mostMarked) rest += segment.kind === 'text' ? segment.text : '[…]';
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

/** Puts other children in place; what has the focus keeps it where its `data-key` is there again. */
export function replaceChildren(parent: Element, ...children: readonly Child[]): void {
  const key = focusedKey(parent);
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  focusAgain(parent, key);
}

/** The `data-key` of what has the focus in there; null where nothing has. */
export function focusedKey(parent: Element): string | null {
  const focused = document.activeElement;
  return focused !== null && parent.contains(focused) ? focused.getAttribute('data-key') : null;
}

/** Gives the focus back to what had it, where that was drawn anew. */
export function focusAgain(parent: Element, key: string | null): void {
  if (key === null || focusedKey(parent) === key) return;
  const again = parent.querySelector(`[data-key=${CSS.escape(key)}]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
