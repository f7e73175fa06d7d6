import * as vscode from 'vscode';
import { notify } from '../../notify';
import type { ReadConversation } from '../../targets';
import { errorWords } from '../../words/errors';
import { copy, targetsOrHint, type CopyTranscriptDeps } from './deps';
import { readTranscripts, type TranscriptsRead } from './readTranscripts';

/** What is copied, and how many it is called. */
export interface Copying {
  text(conversations: readonly ReadConversation[]): string;
  said(count: number): string;
}

/** Reads the transcripts of a command's targets and copies them; when some could not be read, only after asking. */
export async function copyTranscripts(
  deps: CopyTranscriptDeps,
  args: readonly unknown[],
  copying: Copying,
): Promise<void> {
  const targets = targetsOrHint(deps, args);
  if (targets.length === 0) return;
  for (;;) {
    const api = await deps.api();
    if (api === undefined) {
      void notify.info(vscode.l10n.t('Set an API key first. Transcripts are loaded from the server.'));
      return;
    }
    const outcome = await readTranscripts(api, targets);
    if (outcome === undefined) return;
    const missing = targets.length - outcome.read.length;
    const next = missing === 0 ? 'copy' : await askAfterFailure(outcome, targets.length);
    if (next === 'copy') return copy(copying.text(outcome.read), copying.said(outcome.read.length));
    if (next === undefined) return;
  }
}

async function askAfterFailure(
  { read, failures }: TranscriptsRead,
  asked: number,
): Promise<'copy' | 'retry' | undefined> {
  const retry = vscode.l10n.t('Retry');
  const others =
    read.length === 1
      ? vscode.l10n.t('Copy the Other Conversation')
      : vscode.l10n.t('Copy the Other {0} Conversations', read.length);
  const reasons = new Set(failures.map((error) => errorWords(error, { kind: 'readingTranscript' }).message));
  const why = [...reasons].join(' ');
  const said =
    asked === 1
      ? vscode.l10n.t("Couldn't load the transcript: {0}", why)
      : vscode.l10n.t("Couldn't load {0} of {1} transcripts: {2}", asked - read.length, asked, why);
  const actions = read.length === 0 ? [retry] : [retry, others];
  const chosen = await notify.error(said, ...actions);
  return chosen === retry ? 'retry' : chosen === others ? 'copy' : undefined;
}
