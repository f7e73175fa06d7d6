import * as vscode from 'vscode';
import { askForChoice, type Answer } from './ask';
import type { FilterHolder } from './deps';

export function askForAi({ filter }: FilterHolder): Promise<Answer<boolean | undefined>> {
  const choice = (label: string, value: boolean | undefined) => ({ label, value, current: filter.aiEnabled === value });
  return askForChoice<boolean | undefined>({
    title: vscode.l10n.t('Filter by AI Status'),
    placeholder: vscode.l10n.t('Select an AI status'),
    choices: [
      choice(vscode.l10n.t('Any AI Status'), undefined),
      choice(vscode.l10n.t('AI On'), true),
      choice(vscode.l10n.t('AI Off'), false),
    ],
  });
}
