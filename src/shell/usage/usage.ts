import { DisposableStore, type Disposable } from '../../core/util/disposable';
import type { App } from '../app';
import { searchLoading } from '../commands/loading';
import { notLoadedIn } from '../notLoaded';
import { filterWords } from '../words/filter';
import { UsagePanel } from './usagePanel';

/** The usage panel, opened once and then shown again. */
export class UsageFeature implements Disposable {
  private open: UsagePanel | undefined;

  constructor(private readonly app: App) {}

  show(): void {
    const { app } = this;
    void searchLoading.first(app);
    if (this.open !== undefined) return this.open.reveal();
    const changes = [app.store.onDidChange, app.viewState.onDidChange, app.labels.onDidChange, app.config.onDidChange];
    const panel = new UsagePanel({
      extensionUri: app.context.extensionUri,
      newest: () => app.model.newest,
      passes: () => app.rowTest(),
      filter: () => filterWords(app.viewState.filter),
      notLoaded: () => notLoadedIn(app.model),
      onDidChange: (listener) => {
        const all = new DisposableStore();
        for (const change of changes) all.add(change(listener));
        return all;
      },
      onDidChangeApi: app.session.onDidChange,
      api: () => app.api(),
      loadAll: () => searchLoading.all(app),
      problem: app.log.problem,
      now: Date.now,
    });
    panel.onDidDispose(() => (this.open = undefined));
    this.open = panel;
  }

  dispose(): void {
    this.open?.dispose();
  }
}
