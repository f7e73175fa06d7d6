import * as vscode from 'vscode';
import type { LabelFilter } from '../../../core/model/annotation';
import { askForChoice, type Answer } from './ask';
import type { FilterHolder } from './deps';

export function askForLabel({ filter }: FilterHolder): Promise<Answer<LabelFilter | undefined>> {
  const choice = (label: string, value: LabelFilter | undefined) => ({ label, value, current: filter.label === value });
  return askForChoice<LabelFilter | undefined>({
    title: vscode.l10n.t('Filter by Label'),
    placeholder: vscode.l10n.t('Select a label or note'),
    choices: [
      choice(vscode.l10n.t('Labeled or Not'), undefined),
      choice(vscode.l10n.t('Good'), 'good'),
      choice(vscode.l10n.t('Bad'), 'bad'),
      choice(vscode.l10n.t('Unsure'), 'unsure'),
      choice(vscode.l10n.t('Labeled'), 'labelled'),
      choice(vscode.l10n.t('Not Labeled'), 'unlabelled'),
      choice(vscode.l10n.t('With a Note'), 'noted'),
    ],
  });
}
