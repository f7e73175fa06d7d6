import * as vscode from 'vscode';
import type { LabelFilter } from '../../../core/model/annotation';
import type { ConversationType } from '../../../core/model/conversation';
import type { CallFilter } from '../../../core/model/query';
import { formatCostDigits } from '../../../core/text/cost';
import { toVisibleLine } from '../../../core/text/title';
import { type Bound, parseAmount, parseCount } from '../../../core/view/filterParse';
import type { App } from '../../app';
import { formatType } from '../../format/conversation';
import { type StepResult, askForChoice, askForText } from './ask';
import { plainLabel } from '../quickPick';
import { listTools, listTypes } from './vocabulary';

export function askForType(app: App): Promise<StepResult<ConversationType | undefined>> {
  const current = app.viewState.filter.type;
  return askForChoice<ConversationType | undefined>({
    title: vscode.l10n.t('Filter by Type'),
    placeholder: vscode.l10n.t('Select a type'),
    choices: [
      { label: vscode.l10n.t('Any Type'), value: undefined, current: current === undefined },
      ...listTypes(app).map((type) => ({
        label: plainLabel(formatType(type)),
        value: type,
        current: type === current,
      })),
    ],
  });
}

export function askForAi({ viewState: { filter } }: App): Promise<StepResult<boolean | undefined>> {
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

export function askForLabel({ viewState: { filter } }: App): Promise<StepResult<LabelFilter | undefined>> {
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

export function askForCalls({ viewState: { filter } }: App): Promise<StepResult<CallFilter | undefined>> {
  const choice = (label: string, value: CallFilter | undefined) => ({ label, value, current: filter.calls === value });
  return askForChoice<CallFilter | undefined>({
    title: vscode.l10n.t('Filter by Tool Calls'),
    placeholder: vscode.l10n.t('Select the tool calls of loaded transcripts'),
    choices: [
      choice(vscode.l10n.t('With or Without Tool Calls'), undefined),
      choice(vscode.l10n.t('With Failed Tool Calls'), 'failed'),
      choice(vscode.l10n.t('With Tool Calls'), 'calls'),
    ],
  });
}

export function askForTool(app: App): Promise<StepResult<string | undefined>> {
  const current = app.viewState.filter.tool;
  return askForChoice<string | undefined>({
    title: vscode.l10n.t('Filter by Tool'),
    placeholder: vscode.l10n.t('Select a tool that loaded transcripts call'),
    choices: [
      { label: vscode.l10n.t('Any Tool'), value: undefined, current: current === undefined },
      ...listTools(app).map((tool) => ({
        label: plainLabel(toVisibleLine(tool)),
        value: tool,
        current: tool === current,
      })),
    ],
  });
}

export async function askForTextFilter({ viewState: { filter } }: App): Promise<StepResult<string | undefined>> {
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

export function askForMessages({ viewState: { filter } }: App): Promise<StepResult<number | undefined>> {
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

export function askForCost({ viewState: { filter } }: App): Promise<StepResult<number | undefined>> {
  return askForBound(
    {
      title: vscode.l10n.t('Filter by Cost'),
      prompt: vscode.l10n.t('Minimum cost in US dollars. Leave empty for any cost.'),
      placeholder: vscode.l10n.t('For example, {0}', '0.01'),
      value: formatCostDigits(filter.minCost) ?? '',
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
): Promise<StepResult<number | undefined>> {
  const answer = await askForText({
    ...step,
    problem: (text) => (parse(text).kind === 'invalid' ? wrong : undefined),
  });
  if (answer.kind !== 'chosen') return answer;
  const bound = parse(answer.value);
  return { kind: 'chosen', value: bound.kind === 'atLeast' ? bound.value : undefined };
}
