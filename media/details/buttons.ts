import type { CopyTarget, WordKey } from '../../src/protocol/details';
import { el } from '../shared/dom';
import { icon } from '../shared/icons';
import type { Page } from './page';

/** @param name fills in the label: a screen reader hears what is copied, not "Copy" forty times over */
export function copyButton(page: Page, what: CopyTarget, label: WordKey, name?: string): HTMLButtonElement {
  const text = page.word(label, ...(name === undefined ? [] : [name]));
  const button = el(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      title: text,
      'aria-label': text,
      'data-key': `copy ${JSON.stringify(what)}`,
    },
    icon('copy'),
  );
  button.addEventListener('click', () => page.copy(what, button));
  return button;
}
