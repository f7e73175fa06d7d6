import * as vscode from 'vscode';
import { notify } from '../../notify';
import { treeHasFocus } from '../../targets';
import { compare } from './compare';
import type { CompareDeps } from './deps';

/** `Compare`: the two selected rows, whatever was touched last. */
export function createCompareSelected(deps: CompareDeps): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const [left, right, another] = deps.targets(args.length === 0 ? [treeHasFocus] : args);
    if (left !== undefined && right !== undefined && another === undefined) return compare(deps, left, right);
    void notify.info(vscode.l10n.t('Select two conversations to compare them.'));
  };
}
