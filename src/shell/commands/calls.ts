import { commands as vscodeCommands, l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import { backgroundBudget, estimateMinutes } from '../../core/api/rateLimits';
import { loadEach } from '../../core/store/transcriptPool';
import { commands } from '../../manifest';
import type { App } from '../app';
import { formatCheckOutcome } from '../format/calls';
import { appendMinutesLeft } from '../format/counts';
import { formatError } from '../format/errors';
import { withLateProgress } from '../lateProgress';
import { notify } from '../notify';
import { findCheckable, findUnchecked } from '../uncheckedCalls';
import { searchLoading } from './loading';
import { chooseToolCall } from './toolCalls';

export const handlers = {
  [commands.checkFailures]: checkFailures,
  [commands.showToolCalls]: showToolCalls,
};

async function checkFailures(app: App): Promise<void> {
  const api = await findApi(app);
  if (api === undefined) return;
  await searchLoading.loadFirst(app);
  const outcome = await check(app, api);
  const showCalls = l10n.t('Show Tool Calls');
  if ((await notify.info(outcome, showCalls)) === showCalls) await showToolCalls(app);
}

/** Loads the transcripts that weren't checked, with progress, which can be canceled. @returns a sentence about the result */
async function check(app: App, api: ConversationsApi): Promise<string> {
  const rows = findUnchecked(app);
  const errors: ApiError[] = [];
  let isCanceled = false;
  if (rows.length > 0)
    await withLateProgress(
      l10n.t('Checking for failed tool calls'),
      async (report, signal) => {
        let done = 0;
        await loadEach(
          rows,
          signal,
          (row) => app.transcripts.loadCached(api, row, signal),
          (row, loaded) => {
            if (loaded instanceof ApiError) errors.push(loaded);
            // Its summary may have been dropped while the transcript stayed cached.
            else if (!app.callSummaries.isCurrent(row)) app.callSummaries.note(row, loaded);
            done += 1;
            const left = { conversations: rows.length - done, includesList: false, includesTranscripts: true };
            report({
              increment: 100 / rows.length,
              message: appendMinutesLeft(
                l10n.t('{0} of {1}', done, rows.length),
                estimateMinutes(left, backgroundBudget),
              ),
            });
          },
        );
        isCanceled = signal.aborted;
      },
      app.ended,
    );
  const checkable = findCheckable(app);
  const summaries = checkable.map(({ id }) => app.callSummaries.of(id)).filter((summary) => summary !== undefined);
  return formatCheckOutcome({
    conversations: checkable.length,
    checked: checkable.filter((row) => app.callSummaries.isCurrent(row)).length,
    withFailures: summaries.filter(({ failed }) => failed > 0).length,
    isCanceled,
    problem: errors[0] && formatError(errors[0], { kind: 'readingTranscript' }).message,
  });
}

async function showToolCalls(app: App): Promise<void> {
  const api = await findApi(app);
  if (api === undefined) return;
  await searchLoading.loadFirst(app);
  for (;;) {
    const chosen = await chooseToolCall(app, findUnchecked(app).length);
    if (chosen === undefined) return;
    if (chosen.kind === 'call') {
      const { row, record } = chosen.call;
      const { turn, call, tool: found } = record;
      return app.details.show(row.id, { preserveFocus: false, place: { part: 'name', turn, call, found } });
    }
    const outcome = await check(app, api);
    if (findUnchecked(app).length > 0) {
      void notify.info(outcome);
      return;
    }
  }
}

async function findApi(app: App): Promise<ConversationsApi | undefined> {
  const api = await app.api();
  if (api === undefined) await vscodeCommands.executeCommand(commands.setApiKey);
  return api;
}
