import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { DiskError, writeAtomically } from '../../../core/export/atomicFile';
import { exportFileName, extensionOf, type ExportFormat } from '../../../core/export/format';
import { dayOf } from '../../../core/text/time';
import { formatWords } from '../../words/exporting';

/** Asks where to. @param folder the one before, where there was one */
export async function askWhere(
  format: ExportFormat,
  now: number,
  folder: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const begin = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Conversations'),
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: vscode.Uri.joinPath(begin, exportFileName(dayOf(now, 'local'), format)),
    filters: { [formatWords(format).label]: [extensionOf[format]] },
  });
}

/**
 * Writes all of it or nothing. Where VS Code alone knows the file system, the text is gathered before it is written: nothing there
 * can be renamed into its place safely.
 * @throws DiskError, or what `text` throws
 */
export async function writeTo(uri: vscode.Uri, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  if (uri.scheme === 'file') return writeAtomically(uri.fsPath, text, signal);
  const pieces: Buffer[] = [];
  for await (const piece of text) pieces.push(Buffer.from(piece));
  signal.throwIfAborted();
  try {
    await vscode.workspace.fs.writeFile(uri, Buffer.concat(pieces));
  } catch (error) {
    throw new DiskError(error);
  }
}
