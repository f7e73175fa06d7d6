import type { Disposable } from '../core/util/event';
import type { Session } from './session/session';
import { isSettled, type SettledState } from './session/state';
import type { ViewState } from './viewState';

/**
 * Removes the assistant from the filter when the account changes, because other accounts have other assistants. Keeps it for the
 * first account after startup, whose filter it is.
 */
export function clearAssistantOnAccountChange(session: Session, viewState: ViewState): Disposable {
  let before: string | undefined;
  return session.onDidChange((state) => {
    if (!isSettled(state)) return;
    const now = nameOf(state);
    if (before !== undefined && before !== now) void viewState.clearAssistant();
    before = now;
  });
}

function nameOf(state: SettledState): string {
  return state.kind === 'sample' ? 'sample' : `${state.account.id} ${state.account.baseUrl}`;
}
