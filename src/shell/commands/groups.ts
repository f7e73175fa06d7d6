import { env, l10n, window } from 'vscode';
import { withPart } from '../../core/view/filter';
import { findAssistantOfGroup, type TreeNode } from '../../core/view/treeNodes';
import { commands } from '../../manifest';
import type { App } from '../app';
import { findAssistantFilter } from './filter/assistantStep';
import { retryList } from './loading';
import { createTestConversation } from './running';

/** Commands of the tree's menus and icons, which pass their row. */
export const handlers = {
  [commands.newTestOfAssistant]: async (app: App, node?: TreeNode) => {
    const assistantId = findAssistant(node);
    if (assistantId !== undefined) await createTestConversation(app, assistantId);
  },
  [commands.showOnlyAssistant]: async (app: App, node?: TreeNode) => {
    const assistantId = findAssistant(node);
    if (assistantId === undefined) return;
    const assistant = await findAssistantFilter(app, assistantId);
    await app.viewState.setFilter(withPart(app.viewState.filter, 'assistant', assistant));
  },
  [commands.copyAssistantId]: async (_: App, node?: TreeNode) => {
    const assistantId = findAssistant(node);
    if (assistantId === undefined) return;
    await env.clipboard.writeText(assistantId);
    window.setStatusBarMessage(l10n.t('Copied the assistant ID'), 4000);
  },
  [commands.retry]: async (app: App, node?: TreeNode) => {
    if (node?.kind === 'notice') await retryList(app, node.list);
  },
};

function findAssistant(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'group' ? findAssistantOfGroup(node) : undefined;
}
