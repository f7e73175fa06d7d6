import * as vscode from 'vscode';
import { notify } from '../../notify';
import { errorWords } from '../../words/errors';
import type { ConversationTarget } from '../../targets';
import { readTranscripts, type TranscriptsRead } from '../copy/readTranscripts';
import { labelOfTarget } from './label';
import type { CompareDeps } from './deps';

/** Reads both transcripts anew and shows them side by side; what could not be read is told, with a way to try again. */
export async function compare(deps: CompareDeps, left: ConversationTarget, right: ConversationTarget): Promise<void> {
  for (;;) {
    const api = await deps.api();
    if (api === undefined) {
      void notify.info(vscode.l10n.t('Set an API key first. Transcripts are loaded from the server.'));
      return;
    }
    const outcome = await readTranscripts(api, [left, right]);
    // Cancelled, or under another account or key by now.
    if (outcome === undefined || (await deps.api()) !== api) return;
    const [one, other] = outcome.read;
    if (one !== undefined && other !== undefined) return deps.show(one, other, api.origin);
    if (!(await wantsRetry(outcome, left, right))) return;
  }
}

async function wantsRetry(
  { read, failures }: TranscriptsRead,
  left: ConversationTarget,
  right: ConversationTarget,
): Promise<boolean> {
  const retry = vscode.l10n.t('Retry');
  const [readOne] = read;
  const unread = readOne?.id === left.id ? right : left;
  const why = [...new Set(failures.map((error) => errorWords(error, { kind: 'readingTranscript' }).message))].join(' ');
  const said =
    readOne === undefined
      ? vscode.l10n.t("Couldn't load either transcript: {0}", why)
      : vscode.l10n.t("Couldn't load the transcript of {0}: {1}", labelOfTarget(unread), why);
  return (await notify.error(said, retry)) === retry;
}
