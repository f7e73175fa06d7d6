import * as vscode from 'vscode';
import type { DateRange } from '../../../core/model/query';
import { toDays, isDay } from '../../../core/view/dateRange';
import type { App } from '../../app';
import { formatDateRange } from '../../format/filter';
import { askForChoice, askForText, type StepResult, type Choice } from './ask';

type Picked = DateRange | 'fromTo' | undefined;

/** Asks for the range again after Back in the steps for days. */
export async function askForDates(app: App): Promise<StepResult<DateRange | undefined>> {
  for (;;) {
    const answer = await askForRange(app);
    if (answer.kind !== 'chosen') return answer;
    if (answer.value !== 'fromTo') return { kind: 'chosen', value: answer.value };
    const days = await askForDays(app);
    if (days.kind !== 'back') return days;
  }
}

function askForRange({ viewState }: App): Promise<StepResult<Picked>> {
  const current = viewState.filter.dates;
  const preset = (label: string, range: DateRange): Choice<Picked> => ({
    label,
    description: toDays(range, Date.now()).from ?? '',
    value: range,
    current: JSON.stringify(range) === JSON.stringify(current),
  });
  const since = (label: string, days: number): Choice<Picked> => {
    const choice = preset(label, { kind: 'lastDays', days });
    return { ...choice, description: vscode.l10n.t('since {0}', choice.description ?? '') };
  };
  const chosenDays = current?.kind === 'between';
  return askForChoice<Picked>({
    title: vscode.l10n.t('Filter by Date'),
    placeholder: vscode.l10n.t('Select a date range (in your time zone)'),
    choices: [
      { label: vscode.l10n.t('Any Date'), value: undefined, current: current === undefined },
      preset(vscode.l10n.t('Today'), { kind: 'today' }),
      since(vscode.l10n.t('Last 7 Days'), 7),
      since(vscode.l10n.t('Last 30 Days'), 30),
      {
        label: vscode.l10n.t('Custom Range…'),
        value: 'fromTo',
        current: chosenDays,
        ...(chosenDays ? { description: formatDateRange(current) } : {}),
      },
    ],
  });
}

async function askForDays({ viewState }: App): Promise<StepResult<DateRange | undefined>> {
  const current = viewState.filter.dates;
  const known = current === undefined ? {} : toDays(current, Date.now());
  let from = known.from ?? '';
  let to = known.to ?? '';
  for (;;) {
    const first = await askForDay(
      vscode.l10n.t('Filter by Date: Start (1/2)'),
      vscode.l10n.t('Start date. Leave empty for no limit.'),
      from,
      undefined,
    );
    if (first.kind !== 'chosen') return first;
    from = first.value;
    const last = await askForDay(
      vscode.l10n.t('Filter by Date: End (2/2)'),
      vscode.l10n.t('End date. Leave empty for no limit.'),
      to,
      from,
    );
    if (last.kind === 'closed') return last;
    if (last.kind === 'back') continue;
    to = last.value;
    if (from === '' && to === '') return { kind: 'chosen', value: undefined };
    const ends = { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) };
    return { kind: 'chosen', value: { kind: 'between', ...ends } };
  }
}

/** @param first the earliest valid day */
async function askForDay(
  title: string,
  prompt: string,
  value: string,
  first: string | undefined,
): Promise<StepResult<string>> {
  const answer = await askForText({
    title,
    prompt,
    placeholder: vscode.l10n.t('YYYY-MM-DD'),
    value,
    problem: (typed) => {
      const day = typed.trim();
      if (day === '') return undefined;
      if (!isDay(day)) return vscode.l10n.t('Enter a valid date as YYYY-MM-DD, such as {0}.', '2026-01-31');
      return first !== undefined && day < first
        ? vscode.l10n.t('The end date must be on or after {0}.', first)
        : undefined;
    },
  });
  return answer.kind === 'chosen' ? { kind: 'chosen', value: answer.value.trim() } : answer;
}
