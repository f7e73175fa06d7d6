import * as vscode from 'vscode';
import type { ConversationType } from '../../core/model/conversation';
import { type ListKey, everyType } from '../../core/store/snapshot';
import { assertNever } from '../../core/util/assertNever';
import { formatTypeInSentence } from './conversation';

/** The activity that failed. A listing without a type lists all types. */
export type Activity =
  | { readonly kind: 'listing'; readonly type?: ConversationType | undefined }
  | { readonly kind: 'readingTranscript' }
  | { readonly kind: 'creating' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'readingAssistants' }
  | { readonly kind: 'checkingKey' };

export function listActivity(key: ListKey): Activity {
  return key === everyType ? { kind: 'listing' } : { kind: 'listing', type: key };
}

/** The first sentence of an error message. */
export function formatFailedActivity(activity: Activity): string {
  switch (activity.kind) {
    case 'listing':
      return activity.type === undefined
        ? vscode.l10n.t("Couldn't load conversations.")
        : vscode.l10n.t("Couldn't load {0} conversations.", formatTypeInSentence(activity.type));
    case 'readingTranscript':
      return vscode.l10n.t("Couldn't load the transcript.");
    case 'creating':
      return vscode.l10n.t("Couldn't create the test conversation.");
    case 'sending':
      return vscode.l10n.t('No reply arrived.');
    case 'readingAssistants':
      return vscode.l10n.t("Couldn't load the assistants.");
    case 'checkingKey':
      return vscode.l10n.t("Couldn't verify the API key.");
    default:
      return assertNever(activity);
  }
}
