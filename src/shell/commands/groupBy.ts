import * as vscode from 'vscode';
import { type Grouping, type Sorting, groupings } from '../../core/model/query';
import { commands } from '../../manifest';
import type { App } from '../app';
import type { Handler } from './handler';

export const handlers = {
  [commands.groupBy]: async ({ viewState }: App) => {
    const grouping = await askForGrouping(viewState.grouping);
    if (grouping !== undefined) await viewState.setGrouping(grouping);
  },
  ...groupWith('type', [commands.groupByType, commands.groupByTypeChecked]),
  ...groupWith('assistant', [commands.groupByAssistant, commands.groupByAssistantChecked]),
  ...groupWith('day', [commands.groupByDay, commands.groupByDayChecked]),
  ...sortWith('newest', [commands.sortByNewest, commands.sortByNewestChecked]),
  ...sortWith('updated', [commands.sortByUpdated, commands.sortByUpdatedChecked]),
  ...sortWith('cost', [commands.sortByCost, commands.sortByCostChecked]),
  ...sortWith('messages', [commands.sortByMessages, commands.sortByMessagesChecked]),
};

/** Extensions can't check menu items, so the current choice has a second command with a check mark in its title. */
function groupWith<Id extends string>(grouping: Grouping, ids: readonly Id[]): Record<Id, Handler> {
  return forEach(ids, ({ viewState }) => viewState.setGrouping(grouping));
}

function sortWith<Id extends string>(sorting: Sorting, ids: readonly Id[]): Record<Id, Handler> {
  return forEach(ids, ({ viewState }) => viewState.setSorting(sorting));
}

function forEach<Id extends string>(ids: readonly Id[], handler: (app: App) => Promise<void>): Record<Id, Handler> {
  return Object.fromEntries(ids.map((id) => [id, handler])) as Record<Id, Handler>;
}

interface GroupingItem extends vscode.QuickPickItem {
  readonly grouping: Grouping;
}

function askForGrouping(current: Grouping): Promise<Grouping | undefined> {
  const pick = vscode.window.createQuickPick<GroupingItem>();
  pick.title = vscode.l10n.t('Group Conversations By');
  pick.placeholder = vscode.l10n.t('Select how to group conversations');
  pick.items = groupings.map((grouping) => ({
    ...describeGrouping(grouping),
    grouping,
    ...(grouping === current ? { description: vscode.l10n.t('current') } : {}),
  }));
  pick.activeItems = pick.items.filter(({ grouping }) => grouping === current);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve((pick.selectedItems[0] ?? pick.activeItems[0])?.grouping);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function describeGrouping(grouping: Grouping): { readonly label: string; readonly detail: string } {
  switch (grouping) {
    case 'type':
      return {
        label: vscode.l10n.t('Type, then Assistant'),
        detail: vscode.l10n.t('Loads each type when you expand it'),
      };
    case 'assistant':
      return {
        label: vscode.l10n.t('Assistant, then Type'),
        detail: vscode.l10n.t('Loads all types together'),
      };
    case 'day':
      return {
        label: vscode.l10n.t('Day'),
        detail: vscode.l10n.t('Loads all types together, newest day first'),
      };
  }
}
