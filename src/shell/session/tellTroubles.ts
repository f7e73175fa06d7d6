import type { Disposable } from '../../core/util/disposable';
import type { Log } from '../log';
import type { Session } from './session';
import type { SessionState } from './state';
import { tellTrouble } from './wayOut';

/** Says why there is no key where one may well be kept, since the welcome view looks as if there were none. */
export function tellTroubles(session: Session, log: Log): Disposable {
  let told: string | undefined;
  return session.onDidChange((state) => {
    if (state.kind === 'unread' || state.kind === 'reading') return;
    const trouble = troubleOf(state);
    // Once for each trouble, not once for each look at it.
    if (trouble === told) return;
    told = trouble;
    if (state.kind !== 'noKey' || trouble === undefined) return;
    void tellTrouble(session, state, log, () => (told = undefined));
  });
}

function troubleOf(state: SessionState): string | undefined {
  if (state.kind !== 'noKey') return undefined;
  return state.account.address.ok ? state.keyring?.kind : state.account.baseUrl;
}
