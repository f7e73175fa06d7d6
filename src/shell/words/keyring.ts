import * as vscode from 'vscode';
import { assertNever } from '../../core/util/assertNever';
import type { KeyringError } from '../session/keyVault';

/**
 * Says where the API key that is asked for will be stored.
 * @param forSession the key isn't stored in the keyring
 */
export function keyPrompt(baseUrl: string, forSession = false): string {
  if (forSession)
    return vscode.l10n.t(
      "API key for {0}. It's sent only to this address and removed when you close this window.",
      baseUrl,
    );
  // In a browser the host decides where secrets are stored, and VS Code doesn't tell: some hosts hold them only in memory.
  if (vscode.env.uiKind !== vscode.UIKind.Desktop)
    return vscode.l10n.t(
      "API key for {0}. It's stored by VS Code and sent only to this address. In some browsers it's removed when the window reloads.",
      baseUrl,
    );
  return vscode.l10n.t("API key for {0}. It's stored in the system keyring and sent only to this address.", baseUrl);
}

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
