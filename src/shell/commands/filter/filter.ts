import * as vscode from 'vscode';
import type { Filter } from '../../../core/model/query';
import { toVisibleLine } from '../../../core/text/title';
import { isEmpty, withPart } from '../../../core/view/filter';
import { type CommandId, commands } from '../../../manifest';
import type { App } from '../../app';
import { hasSavedFilters } from '../../savedFilters';
import { formatFilterParts } from '../../format/filter';
import { keepOrder, plainLabel } from '../quickPick';
import type { StepResult } from './ask';
import { askForAssistant } from './assistantStep';
import { askForDates } from './datesStep';
import { askForAi, askForCost, askForLabel, askForMessages, askForType, askForTextFilter } from './steps';

export type FilterPart = 'type' | 'assistant' | 'dates' | 'aiEnabled' | 'minMessages' | 'minCost' | 'label' | 'text';

const filterPartNames: readonly FilterPart[] = [
  'type',
  'assistant',
  'dates',
  'aiEnabled',
  'minMessages',
  'minCost',
  'label',
  'text',
];

function formatPart(part: FilterPart): string {
  switch (part) {
    case 'type':
      return vscode.l10n.t('Type');
    case 'assistant':
      return vscode.l10n.t('Assistant');
    case 'dates':
      return vscode.l10n.t('Date');
    case 'aiEnabled':
      return vscode.l10n.t('AI Status');
    case 'minMessages':
      return vscode.l10n.t('Minimum Messages');
    case 'minCost':
      return vscode.l10n.t('Minimum Cost');
    case 'label':
      return vscode.l10n.t('Label or Note');
    case 'text':
      return vscode.l10n.t('Text');
  }
}

type Does =
  | { readonly kind: 'change'; readonly part: FilterPart }
  | { readonly kind: 'setText'; readonly text: string }
  | { readonly kind: 'clear' }
  | { readonly kind: 'run'; readonly command: CommandId }
  | { readonly kind: 'done' };

interface OverviewItem extends vscode.QuickPickItem {
  readonly does?: Does;
}

/**
 * Shows the current filter, and can clear it.
 * @param returning the part that was just changed
 * @returns the part to change, or undefined if the user is done
 */
export function askForPart(app: App, returning: FilterPart | undefined): Promise<FilterPart | undefined> {
  const { viewState } = app;
  const pick = vscode.window.createQuickPick<OverviewItem>();
  pick.title = vscode.l10n.t('Filter Conversations');
  pick.placeholder = vscode.l10n.t('Select what to filter by, or type text to match');
  keepOrder(pick);
  // The rows in the view change with each step, and VS Code may focus them.
  pick.ignoreFocusOut = true;
  const show = (part: FilterPart | undefined): void => {
    pick.items = itemsFor(app, pick.value);
    if (part !== undefined)
      pick.activeItems = pick.items.filter(({ does }) => does?.kind === 'change' && does.part === part);
  };
  const activePart = (): FilterPart | undefined => {
    const does = pick.activeItems[0]?.does;
    return does?.kind === 'change' ? does.part : undefined;
  };
  let justSet: FilterPart | undefined;
  show(returning);
  return new Promise((resolve, reject) => {
    const answer = (part: FilterPart | undefined): void => {
      resolve(part);
      listening.dispose();
      pick.dispose();
    };
    const set = (filter: Filter): void => void viewState.setFilter(filter).catch(reject);
    const take = (does: Does): void => {
      switch (does.kind) {
        case 'change':
          return answer(does.part);
        case 'setText':
          // VS Code activates the first item when the input is emptied, and reports it afterwards.
          justSet = 'text';
          pick.value = '';
          return set(withPart(viewState.filter, 'text', does.text));
        case 'clear':
          return set({});
        case 'run':
          answer(undefined);
          return void vscode.commands.executeCommand(does.command);
        case 'done':
          return answer(undefined);
      }
    };
    const listening = vscode.Disposable.from(
      viewState.onDidChange(() => show(activePart())),
      pick.onDidChangeValue(() => {
        show(justSet);
        justSet = undefined;
      }),
      pick.onDidTriggerItemButton(({ item: { does } }) => {
        if (does?.kind === 'change') set(withPart(viewState.filter, does.part, undefined));
      }),
      pick.onDidAccept(() => {
        const does = (pick.selectedItems[0] ?? pick.activeItems[0])?.does;
        if (does !== undefined) take(does);
      }),
      pick.onDidHide(() => answer(undefined)),
    );
    pick.show();
  });
}

function itemsFor({ viewState: { filter }, labels }: App, typed: string): OverviewItem[] {
  const names = filterPartNames.filter((part) => part !== 'label' || labels.isAvailable || filter.label !== undefined);
  const parts = names.map((part): OverviewItem => {
    const value = formatFilterParts({ [part]: filter[part] })[0];
    const name = formatPart(part);
    return {
      label: name,
      description: value === undefined ? vscode.l10n.t('any') : plainLabel(value),
      does: { kind: 'change', part },
      buttons:
        value === undefined
          ? []
          : [{ iconPath: new vscode.ThemeIcon('close'), tooltip: vscode.l10n.t('Clear {0}', name) }],
    };
  });
  const text = typed.trim();
  return [
    ...parts,
    ...(text === '' ? [] : [textItem(text)]),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...(isEmpty(filter)
      ? []
      : [
          { label: vscode.l10n.t('Clear Filter'), does: { kind: 'clear' } } as const,
          { label: vscode.l10n.t('Save Filter…'), does: { kind: 'run', command: commands.saveFilter } } as const,
        ]),
    ...(hasSavedFilters()
      ? [{ label: vscode.l10n.t('Saved Filters…'), does: { kind: 'run', command: commands.applySavedFilter } } as const]
      : []),
    { label: vscode.l10n.t('Done'), does: { kind: 'done' } },
  ];
}

function textItem(text: string): OverviewItem {
  return {
    label: vscode.l10n.t('Text contains "{0}"', plainLabel(toVisibleLine(text))),
    alwaysShow: true,
    does: { kind: 'setText', text },
  };
}

/** `Change Filter…` is `Filter Conversations…` with another icon. */
export const handlers = {
  [commands.filter]: filterConversations,
  [commands.changeFilter]: filterConversations,
  [commands.clearFilter]: ({ viewState }: App) => viewState.setFilter({}),
};

/** Each part has its own step, which returns here. Every change applies immediately. */
async function filterConversations(app: App): Promise<void> {
  let part: FilterPart | undefined;
  for (;;) {
    part = await askForPart(app, part);
    if (part === undefined) return;
    const after = await change(app, part);
    if (after === 'closed') return;
  }
}

function change(app: App, part: FilterPart): Promise<'changed' | 'back' | 'closed'> {
  switch (part) {
    case 'type':
      return apply(app, part, askForType(app));
    case 'assistant':
      return apply(app, part, askForAssistant(app));
    case 'dates':
      return apply(app, part, askForDates(app));
    case 'aiEnabled':
      return apply(app, part, askForAi(app));
    case 'minMessages':
      return apply(app, part, askForMessages(app));
    case 'minCost':
      return apply(app, part, askForCost(app));
    case 'label':
      return apply(app, part, askForLabel(app));
    case 'text':
      return apply(app, part, askForTextFilter(app));
  }
}

async function apply<Part extends FilterPart>(
  { viewState }: App,
  part: Part,
  step: Promise<StepResult<Filter[Part] | undefined>>,
): Promise<'changed' | 'back' | 'closed'> {
  const answer = await step;
  if (answer.kind !== 'chosen') return answer.kind;
  await viewState.setFilter(withPart(viewState.filter, part, answer.value));
  return 'changed';
}
