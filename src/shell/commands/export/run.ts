import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import { ApiError } from '../../../core/api/errors';
import { createCsvSerializer } from '../../../core/export/csv';
import { ExportRun, type ExportSource, type ExportProgress, type FailureChoice } from '../../../core/export/exportText';
import type { ExportAbout, ExportFormat, ExportSummary, Serializer } from '../../../core/export/format';
import { createJsonLinesSerializer, createJsonSerializer } from '../../../core/export/json';
import { createMarkdownSerializer } from '../../../core/export/markdown';
import type { Conversation } from '../../../core/model/conversation';
import type { ListQuery } from '../../../core/model/query';
import { RowWalk } from '../../../core/store/rowWalk';
import type { TranscriptLoader } from '../../../core/store/transcripts';
import { formatConversationMarkdown } from '../../../core/text/copyMarkdown';
import { escapeInline } from '../../../core/text/escapeMarkdown';
import { type Step, withLateProgress } from '../../lateProgress';
import { notify } from '../../notify';
import { formatConversationCount } from '../../format/counts';
import { formatCause } from '../../format/errors';
import {
  formatExportHeader,
  formatCutMarker,
  formatExportSummary,
  formatMissed,
  formatExportProgress,
} from '../../format/exporting';
import { toMarkdownConversation, createMarkdownLabels } from '../../format/markdown';
import { writeExport } from './options';

/** @param zone of times without a time zone */
export function createSerializer(format: ExportFormat, about: ExportAbout, zone: string): Serializer {
  switch (format) {
    case 'json':
      return createJsonSerializer();
    case 'jsonl':
      return createJsonLinesSerializer();
    case 'csv':
      return createCsvSerializer(
        (summary) => [...formatExportHeader(about), ...formatExportSummary(summary)].join(' · '),
        formatCutMarker,
      );
    case 'markdown': {
      const labels = createMarkdownLabels();
      return createMarkdownSerializer({
        title: () => l10n.t('Exported Conversations'),
        about: formatExportHeader,
        conversation: (each) => {
          const text = formatConversationMarkdown(toMarkdownConversation(each, zone), labels);
          return each.missed === undefined
            ? text
            : `${text}\n\n${escapeInline(l10n.t("Couldn't load the transcript: {0}", each.missed))}`;
        },
        summaryTitle: () => l10n.t('Export Summary'),
        summary: formatExportSummary,
      });
    }
  }
}

export interface ExportRequest {
  readonly api: ConversationsApi;
  readonly transcripts: TranscriptLoader;
  readonly about: ExportAbout;
  readonly format: ExportFormat;
  readonly uri: vscode.Uri;
  readonly zone: string;
  /** The selected conversations; undefined to export the whole list. */
  readonly selected: readonly ExportSource[] | undefined;
  readonly query: ListQuery;
  readonly matches: (row: Conversation) => boolean;
  /** Whether a row doesn't match only because its transcript isn't loaded. */
  readonly isUnchecked: (row: Conversation) => boolean;
  /** The expected number of conversations, if known. */
  readonly total: number | undefined;
  readonly now: () => number;
  /** Aborted when the extension is deactivated. */
  readonly ended: AbortSignal;
}

/** Exports with progress. Writes nothing if canceled. @returns undefined if canceled or discarded @throws DiskError */
export function runExport(order: ExportRequest): Promise<ExportSummary | undefined> {
  const work = async (report: (step: Step) => void, signal: AbortSignal): Promise<ExportSummary | undefined> => {
    try {
      return await write(order, report, signal);
    } catch (error) {
      // Discarded or canceled: an ApiError or the signal's own error.
      if (signal.aborted || error instanceof ApiError) return undefined;
      throw error;
    }
  };
  return withLateProgress(vscode.l10n.t('Exporting conversations'), work, order.ended);
}

async function write(order: ExportRequest, report: (step: Step) => void, signal: AbortSignal): Promise<ExportSummary> {
  const { api, transcripts, about, format, uri, zone, selected, query, matches, isUnchecked } = order;
  let unchecked = 0;
  const walk = selected === undefined ? new RowWalk(api, query) : undefined;
  const createSummary = (progress: ExportProgress): ExportSummary => {
    const { stoppedBy } = progress;
    const why = stoppedBy && formatCause(stoppedBy, { kind: 'listing' });
    const { complete = true, rejected = 0 } = walk?.progress ?? {};
    const missed = formatMissed(progress, { rejected, mayLackRows: !complete, unchecked }, why);
    return { conversations: progress.conversations, complete: missed.length === 0, missed };
  };
  const run: ExportRun = new ExportRun({
    about,
    serializer: createSerializer(format, about, zone),
    api: {
      origin: api.origin,
      getTranscript: (id, options) => transcripts.load(api, id, options.signal, options.priority),
    },
    signal,
    askUser: (error) => askAfterFailure(error, run.result.conversations, signal),
    formatMissingReason: (error) => formatCause(error, { kind: 'readingTranscript' }),
    createSummary,
    onProgress: createProgressReporter(order, report),
  });
  const sources =
    walk === undefined
      ? each(selected ?? [])
      : filterRows(walk.rows({ signal, onFailure: (error) => run.listFailed(error) }), (row) => {
          if (matches(row)) return true;
          if (isUnchecked(row)) unchecked += 1;
          return false;
        });
  await writeExport(uri, run.text(sources), signal);
  return createSummary(run.result);
}

async function* each(selected: readonly ExportSource[]): AsyncGenerator<ExportSource> {
  yield* selected;
}

async function* filterRows(
  rows: AsyncIterable<Conversation>,
  matches: (row: Conversation) => boolean,
): AsyncGenerator<ExportSource> {
  for await (const row of rows) if (matches(row)) yield { id: row.id, conversation: row };
}

const minute = 60_000;
const progressIntervalMs = 200;

function createProgressReporter(
  { total, now }: ExportRequest,
  report: (step: Step) => void,
): (progress: ExportProgress) => void {
  const began = now();
  let last = 0;
  let shown = 0;
  return ({ conversations }) => {
    const passed = now() - began;
    if (passed - last < progressIntervalMs && conversations !== total) return;
    last = passed;
    const left =
      total === undefined || conversations === 0
        ? undefined
        : Math.round((passed * (total - conversations)) / conversations / minute);
    const increment = total === undefined ? {} : { increment: (100 * (conversations - shown)) / total };
    shown = conversations;
    report({ message: formatExportProgress(conversations, total, left), ...increment });
  };
}

async function askAfterFailure(error: ApiError, done: number, signal: AbortSignal): Promise<FailureChoice> {
  const retry = vscode.l10n.t('Retry');
  const keep = vscode.l10n.t('Save Partial Export');
  const discard = vscode.l10n.t('Discard');
  const message = vscode.l10n.t(
    'The export stopped after {0}. {1}',
    formatConversationCount(done),
    formatCause(error, { kind: 'listing' }),
  );
  // The client of another account can't retry.
  const actions = [...(error.kind === 'cancelled' ? [] : [retry]), ...(done === 0 ? [] : [keep]), discard];
  const stopped = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  const chosen = await Promise.race([notify.error(message, ...actions), stopped]);
  return chosen === retry ? 'retry' : chosen === keep ? 'keep' : 'discard';
}
