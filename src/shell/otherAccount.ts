import type { Disposable } from '../core/util/event';
import type { Session } from './session/session';
import { isSettled, type SettledState } from './session/state';
import type { ViewState } from './viewState';

/**
 * Takes the assistant out of the filter when another account is chosen, which has other assistants. Not for the first
 * account after a start: the filter is still its own.
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
