import { ProgressLocation, type QuickPickItem, l10n, window } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import type { Assistant } from '../../core/model/conversation';
import { countUserMessages } from '../../core/running/arrival';
import { findMessageProblem } from '../../core/text/message';
import { listExistingAssistants } from '../../core/view/filterAssistants';
import { commands } from '../../manifest';
import type { App } from '../app';
import { notify, reportError } from '../notify';
import { type ConversationTarget, findTargetsOrHint } from '../targets';
import { readTranscripts } from '../transcripts';
import { formatCreationError, formatRefusal } from '../format/running';
import { formatAssistantLabel, formatShortIdLabel } from './quickPick';
import { refreshTests, rerunOriginal, rerunSelected, testLists } from './rerun';

export const handlers = {
  [commands.rerun]: rerunSelected,
  [commands.rerunLeft]: rerunOriginal,
  [commands.newTestConversation]: newTestConversation,
  [commands.sendMessage]: sendMessage,
};

async function newTestConversation(app: App): Promise<void> {
  const api = await app.api();
  if (api === undefined) {
    void notify.info(l10n.t('Set an API key first. Test conversations run on the server.'));
    return;
  }
  const picked = await window.showQuickPick(createAssistantItems(app, api), {
    title: l10n.t('New Test Conversation'),
    placeHolder: l10n.t('Select an assistant'),
  });
  if (picked !== undefined && (await app.api()) === api) await createTestConversation(app, picked.uuid);
}

/** Creates a test conversation with an assistant, and shows it. */
export async function createTestConversation(app: App, assistantUuid: string): Promise<void> {
  const api = await app.api();
  if (api === undefined || !(await app.sender.confirmServer(api)) || (await app.api()) !== api) return;
  const id = await create(app, api, assistantUuid);
  if ((await app.api()) !== api) return;
  if (id !== undefined) app.details.show(id, { preserveFocus: false, compose: true });
  // Even after a failure, because the conversation may have been created.
  await refreshTests(app);
  if (id === undefined || (await app.api()) !== api) return;
  if (app.store.find(id) === undefined) await Promise.all(testLists(app).map((key) => app.store.open(key)));
  await app.view.reveal(id);
}

interface AssistantItem extends QuickPickItem {
  readonly uuid: string;
}

/** Lists the server's assistants, or those of loaded conversations if the server lists none. */
async function createAssistantItems(app: App, api: ConversationsApi): Promise<readonly AssistantItem[]> {
  const choices = listExistingAssistants(app.store.snapshot.rows, await listAssistants(api));
  if (choices.length === 0) {
    void notify.info(l10n.t('No assistants found. The server lists none, and no conversations are loaded.'));
  }
  return choices.map(({ uuid, name, ambiguous }) => ({
    label: formatAssistantLabel(name, uuid),
    ...(ambiguous ? { description: formatShortIdLabel(uuid) } : {}),
    uuid,
  }));
}

async function listAssistants(api: ConversationsApi): Promise<readonly Assistant[]> {
  try {
    return await api.listAssistants({ signal: new AbortController().signal });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Some servers don't have this call, and some keys may not use it.
    if (error.kind !== 'notFound' && error.kind !== 'forbidden') reportError(error, { kind: 'readingAssistants' });
    return [];
  }
}

async function create({ sender }: App, api: ConversationsApi, assistantUuid: string): Promise<string | undefined> {
  const options = { location: ProgressLocation.Notification, title: l10n.t('Creating test conversation') };
  try {
    const signal = new AbortController().signal;
    const conversation = { assistantUuid, variables: undefined };
    return (await window.withProgress(options, () => sender.tests.create(api, conversation, { signal }))).id;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    void notify.error(formatCreationError(error));
    return undefined;
  }
}

async function sendMessage(app: App, ...args: unknown[]): Promise<void> {
  const [target, another] = findTargetsOrHint(app, args);
  if (target === undefined) return;
  const api = await app.api();
  if (another !== undefined) {
    void notify.info(l10n.t('Select a single conversation to send a message to.'));
  } else if (api === undefined || !app.sender.isWritable(target)) {
    void notify.info(formatRefusal('notATest'));
  } else {
    // The count of earlier messages shows whether a message was delivered if its reply is lost.
    const read = await readTranscripts(app, api, [target]);
    const [found] = read?.read ?? [];
    for (const error of read?.failures ?? []) reportError(error, { kind: 'readingTranscript' });
    if (found === undefined || (await app.api()) !== api || !(await app.sender.confirmServer(api))) return;
    await writeAndSend(app, target, countUserMessages(found.transcript.turns));
  }
}

/** Asks again with the same text if sending failed. */
async function writeAndSend({ sender, details }: App, target: ConversationTarget, before: number): Promise<void> {
  let value = '';
  for (;;) {
    const message = await window.showInputBox({
      title: l10n.t('Send Message'),
      prompt: l10n.t('The assistant replies and runs its real tools.'),
      value,
      ignoreFocusOut: true,
      validateInput: (text) => formatMessageProblem(text),
    });
    if (message === undefined) return;
    const options = { location: ProgressLocation.Notification, title: l10n.t("Waiting for the assistant's reply") };
    const outcome = await window.withProgress(options, () => sender.send(target, message, before));
    if (outcome.kind === 'declined') return;
    if (outcome.kind === 'sent' || outcome.isDelivered) {
      details.show(target.id, { preserveFocus: false });
      await details.reloadConversation(target.id);
    }
    if (outcome.kind === 'sent') return;
    const again = l10n.t('Edit and Resend');
    const offered = outcome.isDelivered ? [] : [again];
    if ((await notify.error(outcome.message, ...offered)) !== again) return;
    value = message;
  }
}

function formatMessageProblem(text: string): string | undefined {
  const problem = findMessageProblem(text);
  return problem === undefined ? undefined : formatRefusal(problem);
}
