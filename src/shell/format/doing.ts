import * as vscode from 'vscode';
import type { ConversationType } from '../../core/model/conversation';
import { type ListKey, everyType } from '../../core/store/snapshot';
import { assertNever } from '../../core/util/assertNever';
import { typeWord } from './conversation';

/** What was being done when a request failed. A listing without a type is of all of them. */
export type Doing =
  | { readonly kind: 'listing'; readonly type?: ConversationType | undefined }
  | { readonly kind: 'readingTranscript' }
  | { readonly kind: 'creating' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'readingAssistants' }
  | { readonly kind: 'checkingKey' };

/** Reading a list: a type's own, or the one without a type. */
export function listing(key: ListKey): Doing {
  return key === everyType ? { kind: 'listing' } : { kind: 'listing', type: key };
}

/** A phrase that goes on a sentence: "… while listing test conversations". */
export function doingWords(doing: Doing): string {
  switch (doing.kind) {
    case 'listing':
      return doing.type === undefined
        ? vscode.l10n.t('loading conversations')
        : vscode.l10n.t('loading {0} conversations', typeWord(doing.type));
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
      return assertNever(doing);
  }
}
