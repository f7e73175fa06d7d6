import { window, type ExtensionContext, type Uri, type WebviewPanel } from 'vscode';
import type { RunningApp } from './app';
import { DisposableStore } from './core/util/event';
import { memoizeAsync } from './core/util/memoize';
import { commands, internalCommands, panels } from './manifest';
import { registerCommands } from './shell/commands/register';
import { registerDocuments } from './shell/documents/register';
import { registerTestFiles } from './shell/testing/register';
import { LazyTreeDataProvider } from './shell/tree/lazyTree';

/** Registers everything. The app loads with the first use of the tree, a command, document, panel, or link. */
export function activate(context: ExtensionContext): void {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);

  const app = memoizeAsync(async (): Promise<RunningApp> => {
    const { createApp } = await import('./app');
    const created = owned.add(createApp(context, tree.view));
    tree.attach(created.provider);
    return created;
  });
  const tree = owned.add(new LazyTreeDataProvider(app));
  const ids = [...Object.values(commands), ...Object.values(internalCommands)];
  owned.add(registerCommands(ids, async (id) => (await app()).handlerOf(id)));
  owned.add(registerDocuments(app));
  owned.add(
    window.registerWebviewPanelSerializer(panels.conversation, {
      deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) =>
        (await app()).details.restore(panel, state),
    }),
  );
  owned.add(
    registerTestFiles({
      editor: async () => (await app()).testFileEditor(),
      tests: async () => (await app()).conversationTests(),
    }),
  );
  owned.add(window.registerUriHandler({ handleUri: async (uri: Uri) => (await app()).links.handleUri(uri) }));
}
