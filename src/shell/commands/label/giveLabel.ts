import * as vscode from 'vscode';
import type { Verdict } from '../../../core/model/annotation';
import { withLabel } from '../../../core/view/labels/edit';
import { verdictWords } from '../../words/labels';
import type { ConversationTarget } from '../../targets';
import { targetsOrHint } from '../copy/deps';
import type { LabelDeps } from './deps';

/** `Label as Good` and the like, and `Remove Label`: for one conversation or all that are selected. */
export function createGiveLabel(deps: LabelDeps, label: Verdict | undefined): (...args: unknown[]) => Promise<void> {
  return (...args) => giveLabel(deps, targetsOrHint(deps, args), label);
}

export async function giveLabel(
  { labels }: LabelDeps,
  conversations: readonly ConversationTarget[],
  label: Verdict | undefined,
): Promise<void> {
  const [first] = conversations;
  if (first === undefined) return;
  // Several are all rows of the current account.
  const ids = conversations.map(({ id }) => id);
  const kept = await labels.change(first.origin, ids, (before) => withLabel(before, label));
  if (kept) vscode.window.setStatusBarMessage(saidWords(ids.length, label), 4000);
}

function saidWords(count: number, label: Verdict | undefined): string {
  if (label === undefined) {
    return count === 1
      ? vscode.l10n.t('Removed the label')
      : vscode.l10n.t('Removed the labels from {0} conversations', count);
  }
  const word = verdictWords(label);
  return count === 1
    ? vscode.l10n.t('Labeled: {0}', word)
    : vscode.l10n.t('Labeled {0} conversations: {1}', count, word);
}
