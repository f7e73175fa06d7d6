import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { backgroundBudget, estimateMinutes } from '../../../core/api/rateLimits';
import { DiskError, writeAtomically } from '../../../core/export/atomicFile';
import {
  type ExportAbout,
  type ExportFormat,
  type Masked,
  createExportFileName,
  exportFormats,
  fileExtensions,
} from '../../../core/export/format';
import { formatDay } from '../../../core/text/time';
import { formatConversationCount, formatMinutes } from '../../format/counts';
import { describeExportFormat, describeMask } from '../../format/exporting';
import { plainLabel } from '../quickPick';

/** Asks for the file. @param folder the previous export's folder, if any */
export async function askForFile(
  format: ExportFormat,
  now: number,
  folder: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const begin = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Conversations'),
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: vscode.Uri.joinPath(begin, createExportFileName(formatDay(now, 'local'), format)),
    filters: { [describeExportFormat(format).label]: [fileExtensions[format]] },
  });
}

/**
 * Writes everything or nothing. Collects the text first if only VS Code can access the file system, because files can't be
 * replaced atomically there. @throws DiskError, or the error of `text`
 */
export async function writeExport(uri: vscode.Uri, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
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

export interface ExportChoice {
  readonly covers: ExportAbout['covers'];
  readonly format: ExportFormat;
  readonly transcripts: boolean;
  readonly masked: readonly Masked[];
}

export interface ExportOffer {
  readonly selected: number;
  /** The formatted filter, or empty. */
  readonly filter: string;
  /** The server's total, or undefined if it reports none. */
  readonly total: Promise<number | undefined>;
  /** Whether the filter also applies locally, so that `total` is only an upper limit. */
  readonly atMost: boolean;
}

type Pick<T> = vscode.QuickPickItem & { readonly value: T };

/** Asks for the export's options. Returns undefined if the user cancels. */
export async function askForOptions(offer: ExportOffer): Promise<ExportChoice | undefined> {
  const covers = offer.selected === 0 ? 'filter' : await askForScope(offer);
  if (covers === undefined) return undefined;
  const format = await ask(
    vscode.l10n.t('Select a format'),
    exportFormats.map((value) => ({ ...describeExportFormat(value), value })),
  );
  if (format === undefined) return undefined;
  const transcripts = await ask(vscode.l10n.t('Include transcripts?'), createTranscriptItems(offer, covers));
  if (transcripts === undefined) return undefined;
  const masked = await vscode.window.showQuickPick(
    (['phones', 'ids'] as const).map((value) => ({ ...describeMask(value), value })),
    {
      title: title(),
      placeHolder: vscode.l10n.t('Select what to mask, or nothing to export data as is'),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  return masked && { covers, format, transcripts, masked: masked.map(({ value }) => value) };
}

function askForScope({ selected, filter }: ExportOffer): Promise<ExportChoice['covers'] | undefined> {
  return ask<ExportChoice['covers']>(vscode.l10n.t('Select which conversations to export'), [
    {
      label: vscode.l10n.t('Selected Conversations'),
      description: formatConversationCount(selected),
      value: 'selection',
    },
    {
      ...(filter === ''
        ? { label: vscode.l10n.t('All Conversations') }
        : { label: vscode.l10n.t('All Matching the Filter'), description: plainLabel(filter) }),
      value: 'filter',
    },
  ]);
}

async function createTranscriptItems(offer: ExportOffer, covers: ExportChoice['covers']): Promise<Pick<boolean>[]> {
  const isListed = covers === 'filter';
  const conversations = isListed ? await offer.total : offer.selected;
  const detail = (transcripts: boolean): string =>
    formatExpectedTime(conversations, isListed, transcripts, isListed && offer.atMost);
  return [
    { label: vscode.l10n.t('Without transcripts'), detail: detail(false), value: false },
    { label: vscode.l10n.t('With transcripts'), detail: detail(true), value: true },
  ];
}

function formatExpectedTime(
  conversations: number | undefined,
  isListed: boolean,
  transcripts: boolean,
  atMost: boolean,
): string {
  if (conversations === undefined) {
    return transcripts
      ? vscode.l10n.t("{0} conversations per minute. The server doesn't report the total", backgroundBudget)
      : vscode.l10n.t(
          "Up to 100 conversations per request, {0} requests per minute. The server doesn't report the total",
          backgroundBudget,
        );
  }
  const minutes = formatMinutes(
    estimateMinutes({ conversations, includesList: isListed, includesTranscripts: transcripts }, backgroundBudget),
  );
  return atMost
    ? vscode.l10n.t(
        'Takes {0} or less: {1} to check at {2} requests per minute',
        minutes,
        formatConversationCount(conversations),
        backgroundBudget,
      )
    : vscode.l10n.t(
        'Takes {0}: {1} at {2} requests per minute',
        minutes,
        formatConversationCount(conversations),
        backgroundBudget,
      );
}

async function ask<T>(placeHolder: string, items: Pick<T>[] | Promise<Pick<T>[]>): Promise<T | undefined> {
  return (await vscode.window.showQuickPick(items, { title: title(), placeHolder, ignoreFocusOut: true }))?.value;
}

function title(): string {
  return vscode.l10n.t('Export Conversations');
}
