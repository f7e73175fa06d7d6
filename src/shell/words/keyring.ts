import * as vscode from 'vscode';
import { assertNever } from '../../core/util/assertNever';
import type { KeyringError } from '../session/keyringError';

/** What the keyring did instead, in a sentence. What helps is a key for this session only, or another key. */
export function keyringWords(error: KeyringError): string {
  switch (error.kind) {
    case 'rubbish':
      return vscode.l10n.t('What the system’s keyring holds as the API key can’t be one. Set the key anew.');
    case 'hung':
      return vscode.l10n.t('The system’s keyring does not answer; it may be locked. {0}', consequence(error));
    case 'failed':
      return vscode.l10n.t('The system’s keyring failed. {0}', consequence(error));
    default:
      return assertNever(error.kind);
  }
}

function consequence({ task }: KeyringError): string {
  switch (task) {
    case 'read':
      return vscode.l10n.t('The API key could not be read.');
    case 'keep':
      return vscode.l10n.t('The API key was not kept.');
    case 'forget':
      return vscode.l10n.t('The API key may still be in it.');
    default:
      return assertNever(task);
  }
}
