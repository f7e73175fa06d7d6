import * as vscode from 'vscode';
import { assertNever } from '../../core/util/assertNever';
import type { KeyringError } from '../session/keyringError';

/** What the keyring did instead, in a sentence. What helps is a key for this session only, or another key. */
export function keyringWords(error: KeyringError): string {
  switch (error.kind) {
    case 'rubbish':
      return vscode.l10n.t("The API key in the system keyring isn't valid. Set it again.");
    case 'hung':
      return vscode.l10n.t("The system keyring isn't responding. It may be locked. {0}", consequence(error));
    case 'failed':
      return vscode.l10n.t('The system keyring reported an error. {0}', consequence(error));
    default:
      return assertNever(error.kind);
  }
}

function consequence({ task }: KeyringError): string {
  switch (task) {
    case 'read':
      return vscode.l10n.t("The API key couldn't be read.");
    case 'keep':
      return vscode.l10n.t("The API key wasn't saved.");
    case 'forget':
      return vscode.l10n.t('The API key may still be stored there.');
    default:
      return assertNever(task);
  }
}
