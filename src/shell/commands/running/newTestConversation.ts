import { l10n, ProgressLocation, window, type QuickPickItem } from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import { ApiError } from '../../../core/api/errors';
import type { Assistant } from '../../../core/model/assistant';
import { existingAssistants } from '../../../core/view/filterAssistants';
import { notify } from '../../notify';
import { reportError } from '../../report';
import { creationFailed } from '../../words/running';
import { assistantLabel, shortIdLabel } from '../quickPick';
import type { RunningDeps } from './deps';

interface AssistantItem extends QuickPickItem {
  readonly uuid: string;
}

/** `New Test Conversation…`: picks an assistant, begins a conversation with it, and opens that to be written to. */
export function createNewTestConversation(deps: RunningDeps) {
  return async (): Promise<void> => {
    const api = await deps.api();
    if (api === undefined) {
      void notify.info(l10n.t('Set an API key first. Test conversations run on the server.'));
      return;
    }
    const picked = await window.showQuickPick(itemsOf(deps, api), {
      title: l10n.t('New Test Conversation'),
      placeHolder: l10n.t('Select an assistant'),
    });
    if (picked === undefined || !(await deps.sender.isAgreed(api)) || (await deps.api()) !== api) return;
    const id = await create(deps, api, picked.uuid);
    if ((await deps.api()) !== api) return;
    if (id !== undefined) deps.open(id, true);
    // Also after a failure: it may have been created all the same.
    await deps.refreshTests();
    if (id !== undefined && (await deps.api()) === api) await deps.reveal(id);
  };
}

/** Those that the server lists; where it does not, those of loaded conversations. */
async function itemsOf(deps: RunningDeps, api: ConversationsApi): Promise<readonly AssistantItem[]> {
  const choices = existingAssistants(deps.rows(), await listed(api));
  if (choices.length === 0) {
    void notify.info(l10n.t('No assistants found. The server lists none, and no conversations are loaded.'));
  }
  return choices.map(({ uuid, name, ambiguous }) => ({
    label: assistantLabel(name, uuid),
    ...(ambiguous ? { description: shortIdLabel(uuid) } : {}),
    uuid,
  }));
}

async function listed(api: ConversationsApi): Promise<readonly Assistant[]> {
  try {
    return await api.listAssistants({ signal: new AbortController().signal });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Not every server of the family has the call, nor may every key ask it.
    if (error.kind !== 'notFound' && error.kind !== 'forbidden') reportError(error, { kind: 'readingAssistants' });
    return [];
  }
}

async function create(
  { sender }: RunningDeps,
  api: ConversationsApi,
  assistantUuid: string,
): Promise<string | undefined> {
  const options = { location: ProgressLocation.Notification, title: l10n.t('Creating test conversation') };
  try {
    const signal = new AbortController().signal;
    const conversation = { assistantUuid, variables: undefined };
    return (await window.withProgress(options, () => sender.tests.create(api, conversation, { signal }))).id;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    void notify.error(creationFailed(error));
    return undefined;
  }
}
