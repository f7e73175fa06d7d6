import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { setContext } from '../contextKeys';
import type { Session } from './session';
import { contextOf } from './state';

/** Keeps the context keys that the manifest's when clauses ask for equal to the session. */
export function mirrorInContext(session: Session): Disposable {
  const tellAccounts = (): void => setContext({ hasSeveralAccounts: session.accounts.list.length > 1 });
  tellAccounts();
  const owned = new DisposableStore();
  owned.add(session.onDidChange((state) => setContext(contextOf(state))));
  owned.add(session.accounts.onDidChange(tellAccounts));
  return owned;
}
