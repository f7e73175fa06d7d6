import * as vscode from 'vscode';
import { parseBaseUrl } from '../../core/api/connection';
import { toRecord } from '../../core/api/decodeConversation';
import { formatConversationMarkdown } from '../../core/text/copyMarkdown';
import { formatCurlCommands, keyVariable } from '../../core/text/curl';
import { stringify } from '../../core/util/exactJson';
import { commands } from '../../manifest';
import type { App } from '../app';
import { ensureCurrentServer, type ReadConversation, findTargetsOrHint, treeHasFocus } from '../targets';
import { copyConversationIds } from '../copyId';
import { createConversationLink, warnAboutLinks } from '../links';
import { findAndCopyId } from './find';
import { notify } from '../notify';
import { readTranscripts, type TranscriptsRead } from '../transcripts';
import { formatCause } from '../format/errors';
import { toMarkdownConversation, createMarkdownLabels } from '../format/markdown';

export const handlers = {
  [commands.copyId]: copyIds,
  [commands.copyLink]: copyLinks,
  [commands.copyAsCurl]: copyAsCurl,
  [commands.copyAsJson]: (app: App, ...args: unknown[]) => copyTranscripts(app, args, asJson),
  [commands.copyAsMarkdown]: (app: App, ...args: unknown[]) => copyTranscripts(app, args, asMarkdown(app)),
};

/** Without a target, the user selects the conversation in Find. A key pressed in the tree only copies from the tree. */
async function copyIds(app: App, ...args: unknown[]): Promise<void> {
  const targets = args[0] === treeHasFocus ? findTargetsOrHint(app, args) : app.targets(args);
  if (targets.length > 0) await copyConversationIds(targets.map(({ id }) => id));
  else if (args[0] !== treeHasFocus) await findAndCopyId(app);
}

/** Links that open conversations in the recipient's own VS Code, one per line. */
async function copyLinks(app: App, ...args: unknown[]): Promise<void> {
  const links = findTargetsOrHint(app, args).flatMap(({ id, origin }) =>
    origin === undefined ? [] : [createConversationLink({ origin, id })],
  );
  if (links.length === 0) return;
  await vscode.env.clipboard.writeText(links.join('\n'));
  warnAboutLinks(links.length);
}

async function copyAsCurl(app: App, ...args: unknown[]): Promise<void> {
  const targets = findTargetsOrHint(app, args);
  if (targets.length === 0) return;
  const { session } = app;
  if (session.state.kind === 'sample') {
    void notify.info(vscode.l10n.t("Copy as cURL isn't available for sample data, which has no server."));
    return;
  }
  const { baseUrl } = session.account;
  const base = parseBaseUrl(baseUrl);
  if (base.ok && !ensureCurrentServer(base.origin, targets)) return;
  const ids = targets.map(({ id }) => id);
  const message =
    ids.length === 1
      ? vscode.l10n.t('Copied a cURL command. It reads the API key from ${0}', keyVariable)
      : vscode.l10n.t('Copied {0} cURL commands. They read the API key from ${1}', ids.length, keyVariable);
  await copy(formatCurlCommands(baseUrl, ids), message);
}

interface Format {
  text(conversations: readonly ReadConversation[]): string;
  formatDone(count: number): string;
}

/** Contains the row with the API's field names and the transcript as sent. Several conversations form an array. */
const asJson: Format = {
  text: (conversations) => {
    const records = conversations.map(({ conversation, transcript }) => ({
      ...(conversation === undefined ? {} : { conversation: toRecord(conversation) }),
      transcript: transcript.raw,
    }));
    return stringify(records.length === 1 ? records[0] : records, 2);
  },
  formatDone: (count) =>
    count === 1
      ? vscode.l10n.t('Copied 1 conversation as JSON')
      : vscode.l10n.t('Copied {0} conversations as JSON', count),
};

function asMarkdown(app: App): Format {
  return {
    text: (conversations) => {
      const labels = createMarkdownLabels();
      const texts = conversations.map((each) =>
        formatConversationMarkdown(toMarkdownConversation(each, app.config.timeZone), labels),
      );
      return `${texts.join('\n\n')}\n`;
    },
    formatDone: (count) =>
      count === 1
        ? vscode.l10n.t('Copied 1 conversation as Markdown')
        : vscode.l10n.t('Copied {0} conversations as Markdown', count),
  };
}

/** Loads the targets' transcripts and copies them. If some failed, asks first. */
async function copyTranscripts(
  app: App,
  args: readonly unknown[],
  { text, formatDone: formatDone }: Format,
): Promise<void> {
  const targets = findTargetsOrHint(app, args);
  if (targets.length === 0) return;
  for (;;) {
    const api = await app.api();
    if (api === undefined) {
      void notify.info(vscode.l10n.t('Set an API key first. Transcripts are loaded from the server.'));
      return;
    }
    const outcome = await readTranscripts(app, api, targets);
    if (outcome === undefined) return;
    const missing = targets.length - outcome.read.length;
    const next = missing === 0 ? 'copy' : await askAfterFailure(outcome, targets.length);
    if (next === 'copy') return copy(text(outcome.read), formatDone(outcome.read.length));
    if (next === undefined) return;
  }
}

async function askAfterFailure(
  { read, failures }: TranscriptsRead,
  total: number,
): Promise<'copy' | 'retry' | undefined> {
  const retry = vscode.l10n.t('Retry');
  const others =
    read.length === 1
      ? vscode.l10n.t('Copy the Other Conversation')
      : vscode.l10n.t('Copy the Other {0} Conversations', read.length);
  const reasons = new Set(failures.map((error) => formatCause(error, { kind: 'readingTranscript' })));
  const why = [...reasons].join(' ');
  const message =
    total === 1
      ? vscode.l10n.t("Couldn't load the transcript: {0}", why)
      : vscode.l10n.t("Couldn't load {0} of {1} transcripts: {2}", total - read.length, total, why);
  const actions = read.length === 0 ? [retry] : [retry, others];
  const chosen = await notify.error(message, ...actions);
  return chosen === retry ? 'retry' : chosen === others ? 'copy' : undefined;
}

async function copy(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(message, 4000);
}
