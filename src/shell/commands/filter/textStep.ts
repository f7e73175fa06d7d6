import * as vscode from 'vscode';
import { askForText, type Answer } from './ask';
import type { FilterHolder } from './deps';

export async function askForWords({ filter }: FilterHolder): Promise<Answer<string | undefined>> {
  const answer = await askForText({
    title: vscode.l10n.t('Filter by Text'),
    prompt: vscode.l10n.t(
      'Words of the id, assistant, customer, external identifier, variables or your note. Leave empty for any.',
    ),
    placeholder: vscode.l10n.t('Every word must be found'),
    value: filter.text ?? '',
    problem: () => undefined,
  });
  if (answer.kind !== 'chosen') return answer;
  const text = answer.value.trim();
  return { kind: 'chosen', value: text === '' ? undefined : text };
}
