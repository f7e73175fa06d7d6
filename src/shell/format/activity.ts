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

/** A phrase for the end of a sentence: "… while loading test conversations". */
export function formatActivity(activity: Activity): string {
  switch (activity.kind) {
    case 'listing':
      return activity.type === undefined
        ? vscode.l10n.t('loading conversations')
        : vscode.l10n.t('loading {0} conversations', formatTypeInSentence(activity.type));
    case 'readingTranscript':
      return vscode.l10n.t('loading the conversation');
    case 'creating':
      return vscode.l10n.t('creating a test conversation');
    case 'sending':
      return vscode.l10n.t('sending the message');
    case 'readingAssistants':
      return vscode.l10n.t('loading assistants');
    case 'checkingKey':
      return vscode.l10n.t('checking the API key');
    default:
      return assertNever(activity);
  }
}
