import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../src/core/api/api';
import type { Filter } from '../../../src/core/model/query';
import { bareRequest, createStore } from '../support/client';
import type { Figure } from '../support/figure';
import { createId } from '../support/rows';
import { createPanels } from './panels';
import { MeasuredTree } from './tree';

/** Counts the requests of each action in the server's log. */
export async function requestFigures(api: ConversationsApi, url: string): Promise<readonly Figure[]> {
  let filter: Filter = {};
  const store = createStore(api, 30, (key) => ({ type: key, ...(filter.dates && { dateFrom: '2026-11-01' }) }));
  const tree = new MeasuredTree('bench.requests', store, () => filter);
  const panels = createPanels(api);
  const figures: Figure[] = [];
  const count = async (what: string, goal: number, action: () => unknown, openLists = 1): Promise<void> => {
    await bareRequest(`${url}/requests`);
    await action();
    await tree.waitUntilIdle();
    const { requests } = (await bareRequest(`${url}/requests`)) as { readonly requests: readonly string[] };
    figures.push({
      what: `Requests: ${what}`,
      method: "the server's log, in a real VS Code",
      value: { amount: requests.length / openLists, unit: 'requests' },
      control: { amount: goal, unit: 'requests', of: 'goal' },
      ceiling: goal,
    });
  };
  await count('show the tree', 1, () => vscode.commands.executeCommand('bench.requests.focus'));
  await count('expand a group', 1, () => tree.open(1));
  await count('expand it again', 0, async () => {
    await vscode.commands.executeCommand('workbench.actions.treeView.bench.requests.collapseAll');
    await tree.open(1);
  });
  await count('Load More', 1, () => store.loadMore('widget'));
  await count('refresh with nothing new, for each open list', 1, () => store.refresh(['test', 'widget']), 2);
  await count(
    'another filter, for each visible group',
    1,
    () => {
      filter = { dates: { kind: 'lastDays', days: 30 } };
      store.requery();
    },
    2,
  );
  await count('open a conversation by a double click', 1, async () => {
    for (let click = 0; click < 2; click += 1) panels.show(createId(5), { preserveFocus: false });
    await new Promise((resolve) => setTimeout(resolve, 1500));
  });
  panels.dispose();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await bareRequest(`${url}/configure?latencyMs=1000`);
  const loading = store.loadMore('test');
  await new Promise((resolve) => setTimeout(resolve, 200));
  tree.dispose();
  store.dispose();
  await loading;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { aborted } = (await bareRequest(`${url}/requests`)) as { readonly aborted: number };
  figures.push({
    what: 'Requests: canceled when the view is disposed',
    method: "connections that the client closed before the response, by the server's log",
    value: { amount: aborted, unit: 'requests' },
    control: { amount: 1, unit: 'requests', of: 'pending' },
    exactly: 1,
  });
  await bareRequest(`${url}/configure?latencyMs=0`);
  return figures;
}
