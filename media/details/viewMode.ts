import * as l10n from '../shared/l10n';
import type { DetailLevel } from '../../src/protocol/details';
import { el } from '../shared/dom';
import type { Page } from './page';

export interface ViewMode {
  readonly depth: DetailLevel;
  /** Whether Markdown is shown as sent. */
  readonly asSent: boolean;
}

export const defaultViewMode: ViewMode = { depth: 'turns', asSent: false };

const createLevelLabels = () =>
  [
    ['messages', l10n.t('Messages'), '1'],
    ['turns', l10n.t('Full'), '2'],
    ['raw', l10n.t('Raw'), '3'],
  ] as const;

export function findDetailLevel(key: string): DetailLevel | undefined {
  return createLevelLabels().find(([, , each]) => each === key)?.[0];
}

export function createViewSwitches(page: Page): readonly (HTMLElement | undefined)[] {
  const { depth: now, asSent } = page.viewMode;
  const depths = createLevelLabels().map(([depth, label, key]) =>
    createSwitch(label, key, now === depth, () => page.setViewMode({ ...page.viewMode, depth })),
  );
  const sent = createSwitch(l10n.t('Plain Text'), 'm', asSent, () =>
    page.setViewMode({ ...page.viewMode, asSent: !page.viewMode.asSent }),
  );
  sent.title = l10n.t('Show messages as sent, without rendering Markdown');
  return [
    el('div', { class: 'switch-group', role: 'group', 'aria-label': l10n.t('Level of detail') }, ...depths),
    now === 'raw' ? undefined : sent,
  ];
}

function createSwitch(label: string, key: string, isPressed: boolean, act: () => void): HTMLButtonElement {
  const button = el(
    'button',
    {
      type: 'button',
      class: 'switch',
      'aria-pressed': String(isPressed),
      'aria-keyshortcuts': key,
      'data-key': `switch ${key}`,
    },
    label,
  );
  button.addEventListener('click', act);
  return button;
}
