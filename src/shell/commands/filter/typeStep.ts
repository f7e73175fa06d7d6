import * as vscode from 'vscode';
import { knownConversationTypes, type ConversationType } from '../../../core/model/conversation';
import { typeWords } from '../../words/type';
import { plainLabel } from '../quickPick';
import { askForChoice, type Answer } from './ask';
import type { FilterDeps } from './deps';

/** The types that are documented, and whatever others were seen. */
export function askForType({ snapshot, viewState }: FilterDeps): Promise<Answer<ConversationType | undefined>> {
  const current = viewState.filter.type;
  const seen = new Set<ConversationType>(knownConversationTypes);
  for (const row of snapshot().rows) seen.add(row.type);
  if (current !== undefined) seen.add(current);
  return askForChoice<ConversationType | undefined>({
    title: vscode.l10n.t('Filter by Type'),
    placeholder: vscode.l10n.t('Select a type'),
    choices: [
      { label: vscode.l10n.t('Any Type'), value: undefined, current: current === undefined },
      ...[...seen].map((type) => ({ label: plainLabel(typeWords(type)), value: type, current: type === current })),
    ],
  });
}
