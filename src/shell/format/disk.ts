import { constants } from 'node:os';
import { l10n } from 'vscode';

/** Why a file or its folder can't be used: a phrase to go behind a colon. @param code the system's, or VS Code's */
export function formatDiskReason(code: string | undefined): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return l10n.t('the disk is full');
    case 'EROFS':
      return l10n.t('the folder is read-only');
    case 'EACCES':
    case 'EPERM':
    case 'EBUSY':
    case 'NoPermissions':
      return l10n.t("you don't have permission for this file or its folder, or the file is in use");
    case 'ENOENT':
    case 'FileNotFound':
      return l10n.t("the folder doesn't exist");
    case 'EISDIR':
    case 'FileIsADirectory':
      return l10n.t('a folder with this name already exists');
    case 'ENOTDIR':
    case 'FileNotADirectory':
      return l10n.t('part of the path is a file, not a folder');
    case 'EMFILE':
    case 'ENFILE':
      return l10n.t('too many files are open');
    case 'ENAMETOOLONG':
      return l10n.t('the name is too long');
    case 'Unknown':
    case undefined:
      return l10n.t('unknown error');
    default:
      return l10n.t('system error {0}', code);
  }
}

/**
 * The system's code in what Node or `vscode.workspace.fs` failed with; else VS Code's own, such as `NoPermissions`. VS Code has a
 * few of its own for all that can go wrong, and what the system said stands in the message, among paths.
 */
export function findDiskErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = 'code' in error && typeof error.code === 'string' && /^\w+$/.test(error.code) ? error.code : undefined;
  const named = [own, ...(error.message.match(/\bE[A-Z\d]+\b(?=:)/g) ?? [])];
  return named.find((code) => code !== undefined && Object.hasOwn(constants.errno, code)) ?? own;
}
