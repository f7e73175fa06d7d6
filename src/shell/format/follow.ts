import { l10n } from 'vscode';
import type { ApiError } from '../../core/api/errors';
import type { FollowProblem } from '../../core/store/followSchedule';
import { type ListKey, everyType } from '../../core/store/snapshot';
import { formatTypeInSentence } from './conversation';
import { listActivity } from './activity';
import { formatCause } from './errors';

export interface FollowingSource {
  readonly isOn: boolean;
  readonly list: ListKey;
  readonly state: {
    readonly problem: FollowProblem | undefined;
    readonly failure: { readonly error: ApiError; readonly of: 'list' | 'transcript' } | undefined;
  };
}

/** "Following test conversations", or why following is paused. Empty if it's off. */
export function formatFollowing({ isOn, list, state: { problem, failure } }: FollowingSource): string {
  if (!isOn) return '';
  const activity = failure?.of === 'transcript' ? ({ kind: 'readingTranscript' } as const) : listActivity(list);
  const why = failure === undefined ? '' : formatCause(failure.error, activity);
  switch (problem) {
    case 'failing':
      return l10n.t('Following interrupted, retrying: {0}', why);
    case 'refused':
      return l10n.t('Following paused: {0}', why);
    case 'away':
      return l10n.t("Following paused: this window wasn't focused for 30 minutes");
    case undefined:
      return list === everyType
        ? l10n.t('Following all conversations')
        : l10n.t('Following {0} conversations', formatTypeInSentence(list));
  }
}
