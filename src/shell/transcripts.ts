import * as vscode from 'vscode';
import type { ConversationsApi } from '../core/api/api';
import { ApiError } from '../core/api/errors';
import type { Transcript } from '../core/model/transcript';
import { loadEach } from '../core/store/transcriptPool';
import type { TranscriptLoader } from '../core/store/transcripts';
import type { App } from './app';
import { withLateProgress } from './lateProgress';
import { ensureCurrentServer, type ConversationTarget, type ReadConversation } from './targets';

export interface TranscriptsRead {
  /** In the order of the targets. */
  readonly read: readonly ReadConversation[];
  /** Errors of the other transcripts, in order of occurrence. */
  readonly failures: readonly ApiError[];
}

/**
 * Loads transcripts with progress. Loading several can be canceled.
 * @returns undefined if canceled, or if a target is on another server
 */
export async function readTranscripts(
  { transcripts: loader }: Pick<App, 'transcripts'>,
  api: ConversationsApi,
  targets: readonly ConversationTarget[],
): Promise<TranscriptsRead | undefined> {
  if (!ensureCurrentServer(api.origin, targets)) return undefined;
  if (targets.length === 1) {
    const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Loading transcript') };
    return vscode.window.withProgress(options, () =>
      readAll(loader, api, targets, new AbortController().signal, () => undefined),
    );
  }
  return withLateProgress(vscode.l10n.t('Loading {0} transcripts', targets.length), async (report, signal) => {
    let done = 0;
    const outcome = await readAll(loader, api, targets, signal, () => {
      done += 1;
      report({ increment: 100 / targets.length, message: vscode.l10n.t('{0} of {1}', done, targets.length) });
    });
    return signal.aborted ? undefined : outcome;
  });
}

async function readAll(
  loader: TranscriptLoader,
  api: ConversationsApi,
  targets: readonly ConversationTarget[],
  signal: AbortSignal,
  step: () => void,
): Promise<TranscriptsRead> {
  const transcripts = new Map<string, Transcript>();
  const failures: ApiError[] = [];
  await loadEach(
    targets,
    signal,
    ({ id }) => loader.load(api, id, signal),
    ({ id }, loaded) => {
      if (loaded instanceof ApiError) failures.push(loaded);
      else transcripts.set(id, loaded);
      step();
    },
  );
  return {
    read: targets.flatMap((target) => {
      const transcript = transcripts.get(target.id);
      return transcript === undefined ? [] : [{ ...target, transcript }];
    }),
    failures,
  };
}
