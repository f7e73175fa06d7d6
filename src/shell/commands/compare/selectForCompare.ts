import * as vscode from 'vscode';
import { notify } from '../../notify';
import { targetsOrHint } from '../copy/deps';
import type { CompareDeps } from './deps';
import { statusBarLabelOf } from './label';

/** `Select for Compare`: remembers one conversation, for `Compare with Selected` on another. */
export function createSelectForCompare(deps: CompareDeps): (...args: unknown[]) => void {
  return (...args) => {
    const [target, another] = targetsOrHint(deps, args);
    if (target === undefined) return;
    if (another !== undefined) {
      void notify.info(vscode.l10n.t('Select a single conversation for comparison.'));
      return;
    }
    deps.choice.choose(target);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Selected {0} for comparison', statusBarLabelOf(target)), 4000);
  };
}
