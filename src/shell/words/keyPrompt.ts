import * as vscode from 'vscode';

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
