import type { CopyTarget } from '../../src/protocol/details';
import { el } from '../shared/dom';
import { icon } from '../shared/icons';
import type { Page } from './page';

/** @param label distinguishes the copy buttons for screen readers */
export function createCopyButton(page: Page, what: CopyTarget, label: string): HTMLButtonElement {
  const button = el(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      title: label,
      'aria-label': label,
      'data-key': `copy ${JSON.stringify(what)}`,
    },
    icon('copy'),
  );
  button.addEventListener('click', () => page.copy(what, button));
  return button;
}
