import { window } from 'vscode';
import { views } from '../../../manifest';
import { showView, wasOpened, type RefreshDependencies } from './refresh';

/** `aiployees.reload`: reads again everything that was loaded, and forgets what the server no longer lists. */
export function reload({ store, model }: RefreshDependencies) {
  return async (): Promise<void> => {
    if (!wasOpened(model())) return showView();
    store.requery();
    await window.withProgress({ location: { viewId: views.conversations } }, () => store.reload(model().lists));
  };
}
