import { l10n } from 'vscode';
import type { RateLimitWait } from '../../core/api/api';
import { commands, views } from '../../manifest';
import { formatRateLimitWait } from './network';
import { plainLabel } from './plainLabel';
import { formatClockTime } from './time';

export interface StatusItemSource {
  readonly wait: RateLimitWait | undefined;
  /** The followed list, or why following has paused; empty if following is off. */
  readonly following: string;
  /** Empty if nothing is filtered. */
  readonly filter: string;
  /** Name of the current account, if there are several. */
  readonly account: string | undefined;
  readonly isViewVisible: boolean;
}

export interface StatusItem {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
}

/** Returns undefined if there is nothing to show. The message of a visible view has the filter and the account. */
export function createStatusItem(source: StatusItemSource): StatusItem | undefined {
  const { wait, following, isViewVisible } = source;
  const filter = isViewVisible ? '' : source.filter;
  const account = isViewVisible ? undefined : source.account;
  const parts: (readonly [text: string, tooltip: string])[] = [];
  if (wait !== undefined) parts.push([l10n.t('Resuming at {0}', formatClockTime(wait.until)), formatWait(wait)]);
  if (following !== '') parts.push([l10n.t('Following'), following]);
  if (filter !== '') parts.push([l10n.t('Filtered'), l10n.t('Showing {0}', filter)]);
  if (account !== undefined) parts.push([account, l10n.t('Account: {0}', account)]);
  if (parts.length === 0) return undefined;
  return {
    text: plainLabel(['AIployees', ...parts.map(([text]) => text)].join(' · ')),
    tooltip: parts.map(([, tooltip]) => tooltip).join('\n'),
    command: wait === undefined ? `${views.conversations}.focus` : commands.cancelWait,
  };
}

function formatWait(wait: RateLimitWait): string {
  return l10n.t('{0}. Click to stop waiting.', formatRateLimitWait(wait));
}
