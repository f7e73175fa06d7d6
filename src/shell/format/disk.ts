import { constants } from 'node:os';
import { l10n } from 'vscode';

/** A phrase after a colon. @param code of the system or VS Code */
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
 * Returns the system's error code if there is one, else VS Code's, such as `NoPermissions`. VS Code's file system errors contain
 * the system's code only in their message.
 */
export function findDiskErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = 'code' in error && typeof error.code === 'string' && /^\w+$/.test(error.code) ? error.code : undefined;
  const named = [own, ...(error.message.match(/\bE[A-Z\d]+\b(?=:)/g) ?? [])];
  return named.find((code) => code !== undefined && Object.hasOwn(constants.errno, code)) ?? own;
}
