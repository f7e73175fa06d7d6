import * as vscode from 'vscode';
import { parseInstant } from '../../core/text/time';
import { createHead } from '../../core/view/details';
import { commands } from '../../manifest';
import type { App } from '../app';
import { notify } from '../notify';
import { treeHasFocus, type ConversationTarget, findTargetsOrHint } from '../targets';
import { readTranscripts, type TranscriptsRead } from '../transcripts';
import { formatCause } from '../format/errors';
import { plainLabel } from './quickPick';

export const handlers = {
  [commands.selectForCompare]: selectForCompare,
  [commands.compareWithSelected]: compareWithSelected,
  [commands.compareSelected]: compareSelected,
  [commands.openLeft]: async (app: App, address: unknown) => (await app.comparisons()).openSide('left', address),
  [commands.openRight]: async (app: App, address: unknown) => (await app.comparisons()).openSide('right', address),
};

function selectForCompare(app: App, ...args: unknown[]): void {
  const [target, another] = findTargetsOrHint(app, args);
  if (target === undefined) return;
  if (another !== undefined) {
    void notify.info(vscode.l10n.t('Select a single conversation for comparison.'));
    return;
  }
  app.compareChoice.choose(target);
  const label = plainLabel(labelOfTarget(target));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Selected {0} for comparison', label), 4000);
}

async function compareWithSelected(app: App, ...args: unknown[]): Promise<void> {
  const { target: selected } = app.compareChoice;
  if (selected === undefined) {
    void notify.info(vscode.l10n.t('No conversation is selected for comparison. Run Select for Compare first.'));
    return;
  }
  const [target, another] = findTargetsOrHint(app, args);
  if (target === undefined) return;
  if (another !== undefined) {
    void notify.info(vscode.l10n.t('Select a single conversation to compare.'));
  } else if (target.id === selected.id) {
    const label = labelOfTarget(selected);
    const message = vscode.l10n.t('{0} is already selected for comparison. Choose a different conversation.', label);
    void notify.info(message);
  } else {
    await compare(app, selected, target);
  }
}

/** Compares the two selected rows, even if a panel was used since. */
async function compareSelected(app: App, ...args: unknown[]): Promise<void> {
  const [one, other, another] = app.targets(args.length === 0 ? [treeHasFocus] : args);
  if (one !== undefined && other !== undefined && another === undefined) return compare(app, one, other);
  void notify.info(vscode.l10n.t('Select two conversations to compare them.'));
}

/** Loads both transcripts and shows them side by side, the older one on the left. Offers Retry if that fails. */
async function compare(app: App, first: ConversationTarget, second: ConversationTarget): Promise<void> {
  const { zone } = app.clock();
  const [left, right] = isOlder(second, first, zone) ? [second, first] : [first, second];
  for (;;) {
    const api = await app.api();
    if (api === undefined) {
      void notify.info(vscode.l10n.t('Set an API key first. Transcripts are loaded from the server.'));
      return;
    }
    const outcome = await readTranscripts(app, api, [left, right]);
    // Canceled, or the account or key changed during the request.
    if (outcome === undefined || (await app.api()) !== api) return;
    const [one, other] = outcome.read;
    if (one !== undefined && other !== undefined) return (await app.comparisons()).show(one, other, api.origin);
    if (!(await wantsRetry(outcome, left, right))) return;
  }
}

/** False if a start time is unknown. */
function isOlder(one: ConversationTarget, other: ConversationTarget, zone: string): boolean {
  const [start, otherStart] = [one, other].map(({ conversation }) => parseInstant(conversation?.createdAt ?? '', zone));
  return start !== undefined && otherStart !== undefined && start < otherStart;
}

async function wantsRetry(
  { read, failures }: TranscriptsRead,
  left: ConversationTarget,
  right: ConversationTarget,
): Promise<boolean> {
  const retry = vscode.l10n.t('Retry');
  const [readOne] = read;
  const unread = readOne?.id === left.id ? right : left;
  const why = [...new Set(failures.map((error) => formatCause(error, { kind: 'readingTranscript' })))].join(' ');
  const message =
    readOne === undefined
      ? vscode.l10n.t("Couldn't load either transcript: {0}", why)
      : vscode.l10n.t("Couldn't load the transcript of {0}: {1}", labelOfTarget(unread), why);
  return (await notify.error(message, retry)) === retry;
}

/** The label of the conversation's row, else its short ID. */
function labelOfTarget({ id, conversation }: ConversationTarget): string {
  return createHead({ id, row: conversation, transcript: undefined }).label;
}
