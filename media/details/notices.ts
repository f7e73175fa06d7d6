import type { Notice } from '../../src/protocol/details';
import { el, replaceChildren } from '../shared/dom';
import { icon } from '../shared/icons';
import type { Page } from './page';

export class Notices {
  readonly element = el('div', { class: 'notices' });
  private shown = '[]';

  constructor(private readonly page: Page) {}

  show(notices: readonly Notice[]): void {
    const now = JSON.stringify(notices);
    if (now === this.shown) return;
    this.shown = now;
    replaceChildren(this.element, ...notices.map((notice) => this.notice(notice)));
  }

  private notice({ severity, message, actions }: Notice): HTMLElement {
    const buttons = actions.map(({ action, label }) => {
      const button = el('button', { type: 'button', class: 'button', 'data-key': `action ${action}` }, label);
      button.addEventListener('click', () => this.page.act(action));
      return button;
    });
    return el(
      'div',
      { class: `notice ${severity}`, role: severity === 'error' ? 'alert' : 'status' },
      icon(severity),
      el('p', { dir: 'auto' }, message),
      buttons.length === 0 ? undefined : el('div', { class: 'actions' }, ...buttons),
    );
  }
}
