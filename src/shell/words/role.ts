import * as vscode from 'vscode';

/** Who speaks: of the roles that are known, our own word; any other as the server says it. */
export function roleWords(role: string): string {
  switch (role) {
    case 'assistant':
      return vscode.l10n.t('Assistant');
    case 'user':
      return vscode.l10n.t('User');
    case 'system':
      return vscode.l10n.t('System');
    default:
      return role;
  }
}
