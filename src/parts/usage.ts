import type { ExtensionContext } from 'vscode';
import type { ConversationStore } from '../core/store/store';
import { DisposableStore } from '../core/util/disposable';
import type { Event } from '../core/util/event';
import type { TreeModel } from '../core/view/treeModel';
import { commands } from '../manifest';
import { notLoadedIn } from '../shell/notLoaded';
import type { Config } from '../shell/config';
import type { Session } from '../shell/session/session';
import { UsagePanel, type UsageDependencies } from '../shell/usage/usagePanel';
import type { ViewState } from '../shell/viewState';
import { filterWords } from '../shell/words/filter';

export interface UsageParts extends Pick<UsageDependencies, 'passes' | 'api' | 'loadAll' | 'problem'> {
  /** Loads the first page of what the tree shows first, if the tree has nothing yet. */
  readonly loadFirst: () => Promise<void>;
  readonly context: ExtensionContext;
  readonly session: Session;
  readonly store: ConversationStore;
  readonly viewState: ViewState;
  readonly model: () => TreeModel;
  /** May let other rows through. */
  readonly labels: { readonly onDidChange: Event<unknown> };
  /** May put rows on other days. */
  readonly config: Config;
}

/** What conversations come to, in one panel: asked for again, it is shown again. */
export function createUsage({
  context,
  session,
  store,
  viewState,
  model,
  labels,
  config,
  loadFirst,
  ...rest
}: UsageParts) {
  const changes: readonly Event<unknown>[] = [
    store.onDidChange,
    viewState.onDidChange,
    labels.onDidChange,
    config.onDidChange,
  ];
  const dependencies: UsageDependencies = {
    ...rest,
    extensionUri: context.extensionUri,
    newest: () => model().newest,
    filter: () => filterWords(viewState.filter),
    notLoaded: () => notLoadedIn(model()),
    onDidChange: (listener) => {
      const all = new DisposableStore();
      for (const change of changes) all.add(change(listener));
      return all;
    },
    onDidChangeApi: session.onDidChange,
    now: Date.now,
  };
  let open: UsagePanel | undefined;
  const show = (): void => {
    void loadFirst();
    if (open !== undefined) return open.reveal();
    const panel = new UsagePanel(dependencies);
    panel.onDidDispose(() => (open = undefined));
    open = panel;
  };
  return { handlers: { [commands.showUsage]: show }, dispose: () => open?.dispose() };
}
