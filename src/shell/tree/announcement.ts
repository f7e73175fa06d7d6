import { l10n } from 'vscode';
import type { RateLimitWait } from '../../core/api/api';
import type { Filter } from '../../core/model/query';
import type { SessionState } from '../session/state';
import { filterWords } from '../words/filter';
import { waitingWords } from '../words/waiting';

export interface AnnouncementSource {
  readonly state: SessionState;
  readonly filter: Filter;
  readonly wait: RateLimitWait | undefined;
  readonly severalAccounts: boolean;
  /** How following goes, in words; empty where nothing is followed. */
  readonly following: string;
}

/** What stands above the rows: whatever holds for all of them. */
export interface Announcement {
  readonly message: string | undefined;
  /** The account's name, where it is to stand in the view's title. */
  readonly account: string | undefined;
}

export function announcementOf({ state, filter, wait, severalAccounts, following }: AnnouncementSource): Announcement {
  const account = state.kind === 'noKey' || state.kind === 'account' ? severalAccounts && state.account.name : false;
  // A message would hide the welcome view; and only without the icons of a filled view has its title room for a name.
  if (state.kind !== 'account' && state.kind !== 'sample') return { message: undefined, account: account || undefined };
  const filtered = filterWords(filter);
  const lines = [
    wait === undefined ? '' : waitingWords(wait),
    state.kind === 'sample' ? l10n.t('Sample data: these conversations are made up') : '',
    account || '',
    filtered === '' ? '' : l10n.t('Showing {0}', filtered),
    following,
  ].filter((line) => line !== '');
  return { message: lines.length === 0 ? undefined : lines.join(' · '), account: undefined };
}
