import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import { ApiError } from '../../../core/api/errors';
import { csvSerialiser } from '../../../core/export/csv';
import { ExportRun, type ExportSource, type ExportStanding, type FailureChoice } from '../../../core/export/exportText';
import type { ExportAbout, ExportFormat, ExportSummary, Serialiser } from '../../../core/export/format';
import { jsonLinesSerialiser, jsonSerialiser } from '../../../core/export/json';
import { markdownSerialiser } from '../../../core/export/markdown';
import type { Conversation } from '../../../core/model/conversation';
import type { ListQuery } from '../../../core/model/query';
import { RowWalk } from '../../../core/store/rowWalk';
import { formatConversationMarkdown } from '../../../core/text/copyMarkdown';
import { escapeInline } from '../../../core/text/escapeMarkdown';
import { type Step, withLateProgress } from '../../lateProgress';
import { notify } from '../../notify';
import { conversationCount } from '../../format/counts';
import { errorWords } from '../../format/errors';
import { aboutWords, cutWords, exportSummaryLines, missedWords, progressWords } from '../../format/exporting';
import { inMarkdown, markdownWords } from '../../format/markdown';
import { writeTo } from './askWhat';

/** @param zone the one that zoneless times are read in */
export function serialiserFor(format: ExportFormat, about: ExportAbout, zone: string): Serialiser {
  switch (format) {
    case 'json':
      return jsonSerialiser();
    case 'jsonl':
      return jsonLinesSerialiser();
    case 'csv':
      return csvSerialiser((summary) => [...aboutWords(about), ...exportSummaryLines(summary)].join(' · '), cutWords);
    case 'markdown': {
      const words = markdownWords();
      return markdownSerialiser({
        title: () => l10n.t('Exported Conversations'),
        about: aboutWords,
        conversation: (each) => {
          const text = formatConversationMarkdown(inMarkdown(each, zone), words);
          return each.missed === undefined
            ? text
            : `${text}\n\n${escapeInline(l10n.t("Couldn't load the transcript: {0}", each.missed))}`;
        },
        summaryTitle: () => l10n.t('Export Summary'),
        summary: exportSummaryLines,
      });
    }
  }
}

export interface ExportOrder {
  readonly api: ConversationsApi;
  readonly about: ExportAbout;
  readonly format: ExportFormat;
  readonly uri: vscode.Uri;
  readonly zone: string;
  /** What was selected; undefined where the list is read. */
  readonly selected: readonly ExportSource[] | undefined;
  readonly query: ListQuery;
  readonly passes: (row: Conversation) => boolean;
  /** How many there will be, where that is known. */
  readonly total: number | undefined;
  readonly now: () => number;
  /** Aborted when the extension ends: stops the export. */
  readonly ended: AbortSignal;
}

/**
 * Exports with progress, and can be cancelled: then nothing is written.
 * @returns undefined where it was cancelled or given up
 * @throws DiskError
 */
export function runExport(order: ExportOrder): Promise<ExportSummary | undefined> {
  const work = async (report: (step: Step) => void, signal: AbortSignal): Promise<ExportSummary | undefined> => {
    try {
      return await write(order, report, signal);
    } catch (error) {
      // Given up by whoever was asked, or cancelled: an ApiError or the signal's own.
      if (signal.aborted || error instanceof ApiError) return undefined;
      throw error;
    }
  };
  return withLateProgress(vscode.l10n.t('Exporting conversations'), work, order.ended);
}

async function write(order: ExportOrder, report: (step: Step) => void, signal: AbortSignal): Promise<ExportSummary> {
  const { api, about, format, uri, zone, selected, query, passes } = order;
  const walk = selected === undefined ? new RowWalk(api, query) : undefined;
  const summary = (standing: ExportStanding): ExportSummary => {
    const { stoppedBy } = standing;
    const why = stoppedBy && errorWords(stoppedBy, { kind: 'listing' }).message;
    const { complete = true, rejected = 0 } = walk?.standing ?? {};
    const missed = missedWords(standing, { rejected, mayLackRows: !complete }, why);
    return { conversations: standing.conversations, complete: missed.length === 0, missed };
  };
  const run: ExportRun = new ExportRun({
    about,
    serialiser: serialiserFor(format, about, zone),
    api,
    signal,
    ask: (error) => askAfterFailure(error, run.result.conversations, signal),
    whyMissed: (error) => errorWords(error, { kind: 'readingTranscript' }).message,
    summary,
    told: teller(order, report),
  });
  const sources =
    walk === undefined
      ? each(selected ?? [])
      : passing(walk.rows({ signal, onFailure: (error) => run.listFailed(error) }), passes);
  await writeTo(uri, run.text(sources), signal);
  return summary(run.result);
}

async function* each(selected: readonly ExportSource[]): AsyncGenerator<ExportSource> {
  yield* selected;
}

async function* passing(
  rows: AsyncIterable<Conversation>,
  passes: (row: Conversation) => boolean,
): AsyncGenerator<ExportSource> {
  for await (const row of rows) if (passes(row)) yield { id: row.id, conversation: row };
}

const minute = 60_000;
/** Milliseconds between two words of progress: nobody reads faster. */
const pause = 200;

function teller({ total, now }: ExportOrder, report: (step: Step) => void): (standing: ExportStanding) => void {
  const began = now();
  let last = 0;
  let shown = 0;
  return ({ conversations }) => {
    const passed = now() - began;
    if (passed - last < pause && conversations !== total) return;
    last = passed;
    const left =
      total === undefined || conversations === 0
        ? undefined
        : Math.round((passed * (total - conversations)) / conversations / minute);
    const increment = total === undefined ? {} : { increment: (100 * (conversations - shown)) / total };
    shown = conversations;
    report({ message: progressWords(conversations, total, left), ...increment });
  };
}

async function askAfterFailure(error: ApiError, done: number, signal: AbortSignal): Promise<FailureChoice> {
  const retry = vscode.l10n.t('Retry');
  const keep = vscode.l10n.t('Save Partial Export');
  const discard = vscode.l10n.t('Discard');
  const said = vscode.l10n.t(
    'The export stopped after {0}. {1}',
    conversationCount(done),
    errorWords(error, { kind: 'listing' }).message,
  );
  // Another account's client answers no more.
  const actions = [...(error.kind === 'cancelled' ? [] : [retry]), ...(done === 0 ? [] : [keep]), discard];
  const stopped = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  const chosen = await Promise.race([notify.error(said, ...actions), stopped]);
  return chosen === retry ? 'retry' : chosen === keep ? 'keep' : 'discard';
}
