import * as vscode from 'vscode';
import type { ConversationsApi } from '../core/api/api';
import { ApiError, failsForEveryConversation } from '../core/api/errors';
import { maxInFlight } from '../core/api/rateLimits';
import type { Transcript } from '../core/model/transcript';
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
  api: ConversationsApi,
  targets: readonly ConversationTarget[],
): Promise<TranscriptsRead | undefined> {
  if (!ensureCurrentServer(api.origin, targets)) return undefined;
  if (targets.length === 1) {
    const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Loading transcript') };
    return vscode.window.withProgress(options, () =>
      readAll(api, targets, new AbortController().signal, () => undefined),
    );
  }
  return withLateProgress(vscode.l10n.t('Loading {0} transcripts', targets.length), async (report, signal) => {
    let done = 0;
    const outcome = await readAll(api, targets, signal, () => {
      done += 1;
      report({ increment: 100 / targets.length, message: vscode.l10n.t('{0} of {1}', done, targets.length) });
    });
    return signal.aborted ? undefined : outcome;
  });
}

async function readAll(
  api: ConversationsApi,
  targets: readonly ConversationTarget[],
  signal: AbortSignal,
  step: () => void,
): Promise<TranscriptsRead> {
  const transcripts = new Map<string, Transcript>();
  const failures: ApiError[] = [];
  const queue = targets.values();
  let allWouldFail = false;
  const work = async (): Promise<void> => {
    for (const { id } of queue) {
      if (signal.aborted || allWouldFail) return;
      try {
        transcripts.set(id, await api.getTranscript(id, { signal }));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        failures.push(error);
        allWouldFail ||= failsForEveryConversation(error);
      }
      step();
    }
  };
  await Promise.all(Array.from({ length: maxInFlight }, work));
  return {
    read: targets.flatMap((target) => {
      const transcript = transcripts.get(target.id);
      return transcript === undefined ? [] : [{ ...target, transcript }];
    }),
    failures,
  };
}
