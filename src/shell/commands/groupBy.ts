import * as vscode from 'vscode';
import { type Grouping, groupings } from '../../core/model/query';
import { commands } from '../../manifest';
import type { App } from '../app';

export const handlers = {
  [commands.groupBy]: async ({ viewState }: App) => {
    const grouping = await askForGrouping(viewState.grouping);
    if (grouping !== undefined) await viewState.setGrouping(grouping);
  },
};

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
