import { l10n } from 'vscode';
import type { ExportProgress } from '../../core/export/exportText';
import type { ExportAbout, ExportFormat, ExportSummary, Masked } from '../../core/export/format';
import { assertNever } from '../../core/util/assertNever';
import { formatConversationCount, appendMinutesLeft } from './counts';
import { findDiskErrorCode, formatDiskReason } from './disk';
import { plural } from './plural';

export function describeExportFormat(format: ExportFormat): { readonly label: string; readonly detail: string } {
  switch (format) {
    case 'json':
      return { label: 'JSON', detail: l10n.t('One file with everything the server sent') };
    case 'jsonl':
      return { label: 'JSON Lines', detail: l10n.t('One conversation per line, for line-based tools') };
    case 'csv':
      return { label: 'CSV', detail: l10n.t('One row per conversation, for spreadsheets') };
    case 'markdown':
      return { label: 'Markdown', detail: l10n.t('A readable document') };
    default:
      return assertNever(format);
  }
}

export function describeMask(masked: Masked): { readonly label: string; readonly detail: string } {
  return masked === 'phones'
    ? {
        label: l10n.t('Mask Phone Numbers'),
        detail: l10n.t(
          "Keeps their last two digits. Check the file before you share it: a number that isn't written like a phone stays.",
        ),
      }
    : { label: l10n.t('Mask Conversation IDs'), detail: l10n.t('Keeps at most the first eight characters') };
}

/** "120 of 600 · about 9 minutes left" */
export function formatExportProgress(done: number, total: number | undefined, minutesLeft: number | undefined): string {
  const count = total === undefined || total < done ? formatConversationCount(done) : l10n.t('{0} of {1}', done, total);
  return appendMinutesLeft(count, minutesLeft);
}

export function formatExportHeader({ exportedAt, source, covers, filter, transcripts, masked }: ExportAbout): string[] {
  return [
    l10n.t('Exported from {0} on {1}', source, exportedAt),
    formatCoverage(covers, filter),
    transcripts ? l10n.t('With transcripts') : l10n.t('Without transcripts'),
    ...(masked.includes('phones') ? [l10n.t('Phone numbers are masked')] : []),
    ...(masked.includes('ids') ? [l10n.t('Conversation IDs are masked')] : []),
  ];
}

function formatCoverage(covers: ExportAbout['covers'], filter: string): string {
  if (covers === 'selection') return l10n.t('Includes the selected conversations');
  return filter === ''
    ? l10n.t('Includes all conversations')
    : l10n.t('Includes all conversations that match the filter: {0}', filter);
}

/** The end of a truncated cell. */
export function formatCutMarker(missing: number): string {
  return l10n.t('… [This cell is cut: {0} characters are missing. Export as JSON for the whole text.]', missing);
}

export function formatExportSummary({ conversations, missed }: ExportSummary): string[] {
  return [formatConversationCount(conversations), ...(missed.length === 0 ? [l10n.t('Nothing is missing.')] : missed)];
}

export interface ListMisses {
  /** Rows that couldn't be decoded. */
  readonly rejected: number;
  readonly mayLackRows: boolean;
  /** Rows that the filter couldn't judge, because their transcripts weren't loaded. */
  readonly unchecked: number;
}

/** @param why the error that ended the export early */
export function formatMissed(
  { transcriptsMissed }: ExportProgress,
  list: ListMisses,
  why: string | undefined,
): string[] {
  return [
    ...(why === undefined ? [] : [l10n.t('The export is incomplete: {0}', why)]),
    ...(transcriptsMissed === 0 ? [] : [formatMissedTranscripts(transcriptsMissed)]),
    ...(list.rejected === 0 ? [] : [formatRejectedRows(list.rejected)]),
    ...(list.unchecked === 0 ? [] : [formatUncheckedRows(list.unchecked)]),
    ...(list.mayLackRows && why === undefined
      ? [
          l10n.t(
            'Some conversations may be missing. The list changed while it was loading, or the server reports more than it returns.',
          ),
        ]
      : []),
  ];
}

function formatMissedTranscripts(count: number): string {
  return plural(count, "1 transcript couldn't be loaded.", "{0} transcripts couldn't be loaded.");
}

function formatRejectedRows(count: number): string {
  return plural(count, "1 conversation couldn't be read.", "{0} conversations couldn't be read.");
}

function formatUncheckedRows(count: number): string {
  return plural(
    count,
    "1 conversation isn't included, because it wasn't checked for tool calls.",
    "{0} conversations aren't included, because they weren't checked for tool calls.",
  );
}

/** @param cause the error of Node or of VS Code's file system */
export function formatDiskError(cause: unknown, name: string): string {
  const code = findDiskErrorCode(cause);
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? l10n.t("Couldn't write {0}: {1}. The partial file was removed.", name, formatDiskReason(code))
    : l10n.t("Couldn't write {0}: {1}.", name, formatDiskReason(code));
}
