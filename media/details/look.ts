import * as l10n from '../shared/l10n';
import type { DetailLevel } from '../../src/protocol/details';
import { el } from '../shared/dom';
import type { Page } from './page';

/** How the transcript is looked at: how deep, and whether Markdown is drawn or stands as it was sent. */
export interface Look {
  readonly depth: DetailLevel;
  readonly asSent: boolean;
}

export const firstLook: Look = { depth: 'turns', asSent: false };

const depthLabels = () =>
  [
    ['messages', l10n.t('Messages'), '1'],
    ['turns', l10n.t('Full'), '2'],
    ['raw', l10n.t('Raw'), '3'],
  ] as const;

/** The depth that a key stands for. */
export function depthOf(key: string): DetailLevel | undefined {
  return depthLabels().find(([, , each]) => each === key)?.[0];
}

/** The switches beside the transcript's heading. */
export function lookSwitches(page: Page): HTMLElement {
  const { depth: now, asSent } = page.look;
  const depths = depthLabels().map(([depth, label, key]) =>
    switchButton(label, key, now === depth, () => page.setLook({ ...page.look, depth })),
  );
  const sent = switchButton(l10n.t('Plain Text'), 'm', asSent, () =>
    page.setLook({ ...page.look, asSent: !page.look.asSent }),
  );
  sent.title = l10n.t('Show messages as sent, without rendering Markdown');
  return el(
    'div',
    { class: 'switches' },
    el('div', { class: 'switch-group', role: 'group', 'aria-label': l10n.t('Level of detail') }, ...depths),
    now === 'raw' ? undefined : sent,
  );
}

function switchButton(label: string, key: string, pressed: boolean, act: () => void): HTMLButtonElement {
  const button = el(
    'button',
    {
      type: 'button',
      class: 'switch',
      'aria-pressed': String(pressed),
      'aria-keyshortcuts': key,
      'data-key': `switch ${key}`,
    },
    label,
  );
  button.addEventListener('click', act);
  return button;
}
