import * as vscode from 'vscode';
import { verdicts, type Verdict } from '../../../core/model/annotation';
import { labelIcons } from '../../labels/icon';
import { verdictWords } from '../../words/labels';
import { targetsOrHint } from '../copy/deps';
import type { LabelDeps } from './deps';
import { giveLabel } from './giveLabel';

/** `Label Conversation…`: asks which label, for one conversation or all that are selected. */
export function createLabelConversation(deps: LabelDeps): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const conversations = targetsOrHint(deps, args);
    const { length: count } = conversations;
    if (count === 0) return;
    const now = new Set(conversations.map(({ id, origin }) => deps.labels.of(origin, id)?.label));
    const isCurrent = (label: Verdict | undefined): boolean => now.size === 1 && now.has(label);
    const item = (label: Verdict | undefined, words: string, icon: string) => ({
      label: words,
      iconPath: new vscode.ThemeIcon(icon),
      value: label,
      ...(isCurrent(label) && { description: vscode.l10n.t('current') }),
    });
    const picked = await vscode.window.showQuickPick(
      [
        ...verdicts.map((label) => item(label, verdictWords(label), labelIcons[label].icon)),
        item(undefined, vscode.l10n.t('No Label'), 'circle-slash'),
      ],
      {
        title: count === 1 ? vscode.l10n.t('Label Conversation') : vscode.l10n.t('Label {0} Conversations', count),
        placeHolder: vscode.l10n.t('Select a label'),
      },
    );
    if (picked !== undefined) await giveLabel(deps, conversations, picked.value);
  };
}
