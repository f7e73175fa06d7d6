import * as vscode from 'vscode';
import { askForText, type Answer } from './ask';
import type { FilterHolder } from './deps';

export async function askForWords({ filter }: FilterHolder): Promise<Answer<string | undefined>> {
  const answer = await askForText({
    title: vscode.l10n.t('Filter by Text'),
    prompt: vscode.l10n.t(
      'Filters by ID, assistant, customer, external ID, variables, and notes. Leave empty for any text.',
    ),
    placeholder: vscode.l10n.t('All words must match'),
    value: filter.text ?? '',
    problem: () => undefined,
  });
  if (answer.kind !== 'chosen') return answer;
  const text = answer.value.trim();
  return { kind: 'chosen', value: text === '' ? undefined : text };
}
