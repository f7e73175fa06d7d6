import * as vscode from 'vscode';
import type { LabelFilter } from '../../../core/model/annotation';
import { askForChoice, type Answer } from './ask';
import type { FilterHolder } from './deps';

export function askForLabel({ filter }: FilterHolder): Promise<Answer<LabelFilter | undefined>> {
  const choice = (label: string, value: LabelFilter | undefined) => ({ label, value, current: filter.label === value });
  return askForChoice<LabelFilter | undefined>({
    title: vscode.l10n.t('Filter by Label'),
    placeholder: vscode.l10n.t('What you wrote down about the conversation'),
    choices: [
      choice(vscode.l10n.t('Any or None'), undefined),
      choice(vscode.l10n.t('Good'), 'good'),
      choice(vscode.l10n.t('Bad'), 'bad'),
      choice(vscode.l10n.t('Unsure'), 'unsure'),
      choice(vscode.l10n.t('Labelled'), 'labelled'),
      choice(vscode.l10n.t('Not Labelled'), 'unlabelled'),
      choice(vscode.l10n.t('With a Note'), 'noted'),
    ],
  });
}
