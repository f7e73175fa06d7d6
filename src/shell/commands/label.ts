import * as vscode from 'vscode';
import { type AnnotationLabel, annotationLabels } from '../../core/model/annotation';
import { withLabel } from '../../core/view/annotations';
import { commands } from '../../manifest';
import type { App } from '../app';
import { labelIcons } from '../labels/icon';
import { notify } from '../notify';
import { type ConversationTarget, findTargetsOrHint } from '../targets';
import { formatLabel } from '../format/labels';

export const handlers = {
  [commands.labelConversation]: labelConversation,
  [commands.labelGood]: (app: App, ...args: unknown[]) => setLabel(app, findTargetsOrHint(app, args), 'good'),
  [commands.labelBad]: (app: App, ...args: unknown[]) => setLabel(app, findTargetsOrHint(app, args), 'bad'),
  [commands.labelUnsure]: (app: App, ...args: unknown[]) => setLabel(app, findTargetsOrHint(app, args), 'unsure'),
  [commands.removeLabel]: (app: App, ...args: unknown[]) => setLabel(app, findTargetsOrHint(app, args), undefined),
  [commands.editNote]: editNote,
};

async function labelConversation(app: App, ...args: unknown[]): Promise<void> {
  const conversations = findTargetsOrHint(app, args);
  const { length: count } = conversations;
  if (count === 0) return;
  const now = new Set(conversations.map(({ id, origin }) => app.labels.of(origin, id)?.label));
  const isCurrent = (label: AnnotationLabel | undefined): boolean => now.size === 1 && now.has(label);
  const item = (label: AnnotationLabel | undefined, text: string, icon: string) => ({
    label: text,
    iconPath: new vscode.ThemeIcon(icon),
    value: label,
    ...(isCurrent(label) && { description: vscode.l10n.t('current') }),
  });
  const picked = await vscode.window.showQuickPick(
    [
      ...annotationLabels.map((label) => item(label, formatLabel(label), labelIcons[label].icon)),
      item(undefined, vscode.l10n.t('No Label'), 'circle-slash'),
    ],
    {
      title: count === 1 ? vscode.l10n.t('Label Conversation') : vscode.l10n.t('Label {0} Conversations', count),
      placeHolder: vscode.l10n.t('Select a label'),
    },
  );
  if (picked !== undefined) await setLabel(app, conversations, picked.value);
}

async function setLabel(
  { labels }: App,
  conversations: readonly ConversationTarget[],
  label: AnnotationLabel | undefined,
): Promise<void> {
  const [first] = conversations;
  if (first === undefined) return;
  // Several targets are always rows of the current account.
  const ids = conversations.map(({ id }) => id);
  const isSaved = await labels.change(first.origin, ids, (before) => withLabel(before, label));
  if (isSaved) vscode.window.setStatusBarMessage(formatConfirmation(ids.length, label), 4000);
}

function formatConfirmation(count: number, label: AnnotationLabel | undefined): string {
  if (label === undefined) {
    return count === 1
      ? vscode.l10n.t('Removed the label')
      : vscode.l10n.t('Removed the labels from {0} conversations', count);
  }
  const word = formatLabel(label);
  return count === 1
    ? vscode.l10n.t('Labeled: {0}', word)
    : vscode.l10n.t('Labeled {0} conversations: {1}', count, word);
}

/** Opens the note in the conversation's panel, next to the transcript. */
async function editNote(app: App, ...args: unknown[]): Promise<void> {
  const [target, another] = findTargetsOrHint(app, args);
  if (target === undefined) return;
  if (another !== undefined) {
    void notify.info(vscode.l10n.t('Select a single conversation to edit its note.'));
  } else if (app.labels.isAvailable) {
    app.details.editNote(target.id, target.origin);
  } else {
    // Shows that a folder is needed.
    await app.labels.change(target.origin, [target.id], (before) => before);
  }
}
