import * as vscode from 'vscode';
import { notify } from '../../notify';
import { targetsOrHint } from '../copy/deps';
import { compare } from './compare';
import type { CompareDeps } from './deps';
import { labelOfTarget } from './label';

/** `Compare with Selected`: what was selected for compare on the left, this one on the right. */
export function createCompareWithSelected(deps: CompareDeps): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const { target: left } = deps.choice;
    if (left === undefined) {
      void notify.info(vscode.l10n.t('No conversation is selected for comparison. Run Select for Compare first.'));
      return;
    }
    const [right, another] = targetsOrHint(deps, args);
    if (right === undefined) return;
    if (another !== undefined) {
      void notify.info(vscode.l10n.t('Select a single conversation to compare.'));
    } else if (right.id === left.id) {
      const said = vscode.l10n.t(
        '{0} is already selected for comparison. Choose a different conversation.',
        labelOfTarget(left),
      );
      void notify.info(said);
    } else {
      await compare(deps, left, right);
    }
  };
}
