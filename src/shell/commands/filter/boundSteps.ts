import * as vscode from 'vscode';
import { costDigits } from '../../../core/text/cost';
import { parseAmount, parseCount, type Bound } from '../../../core/view/filterAmount';
import { askForText, type Answer } from './ask';
import type { FilterHolder } from './deps';

export function askForMessages({ filter }: FilterHolder): Promise<Answer<number | undefined>> {
  return askForBound(
    {
      title: vscode.l10n.t('Filter by Message Count'),
      prompt: vscode.l10n.t('Minimum number of messages. Leave empty for any number.'),
      placeholder: vscode.l10n.t('For example, {0}', '5'),
      value: filter.minMessages === undefined ? '' : String(filter.minMessages),
      wrong: vscode.l10n.t('Enter a whole number, such as {0}.', '5'),
    },
    parseCount,
  );
}

export function askForCost({ filter }: FilterHolder): Promise<Answer<number | undefined>> {
  return askForBound(
    {
      title: vscode.l10n.t('Filter by Cost'),
      prompt: vscode.l10n.t('Minimum cost in US dollars. Leave empty for any cost.'),
      placeholder: vscode.l10n.t('For example, {0}', '0.01'),
      value: costDigits(filter.minCost) ?? '',
      wrong: vscode.l10n.t('Enter an amount, such as {0}.', '0.01'),
    },
    parseAmount,
  );
}

interface BoundStep {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly wrong: string;
}

async function askForBound(
  { wrong, ...step }: BoundStep,
  parse: (text: string) => Bound,
): Promise<Answer<number | undefined>> {
  const answer = await askForText({
    ...step,
    problem: (text) => (parse(text).kind === 'invalid' ? wrong : undefined),
  });
  if (answer.kind !== 'chosen') return answer;
  const bound = parse(answer.value);
  return { kind: 'chosen', value: bound.kind === 'atLeast' ? bound.value : undefined };
}
