import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { type RerunPlan, planRerun, type RerunOutcome, rerun } from '../../core/running/rerun';
import { WritingRefused } from '../../core/running/testConversations';
import { visible } from '../../core/text/label';
import { everyType, type ListKey } from '../../core/store/snapshot';
import type { App } from '../app';
import { isTheirServer } from '../elsewhere';
import { notify } from '../notify';
import { reportError } from '../report';
import { balanceOf } from '../running/sender';
import type { ConversationTarget, ReadConversation } from '../targets';
import { targetsOrHint } from '../targetsOrHint';
import { readTranscripts } from '../transcripts';
import { creationFailed, skippedMessages, refusalWords, unplannableWords, writingWords } from '../words/running';
import { withRerunProgress } from './rerunProgress';

/** Reruns the conversation that is selected, or that the panel shows. */
export async function rerunSelected(app: App, ...args: unknown[]): Promise<void> {
  const [target, another] = targetsOrHint(app, args);
  if (target === undefined) return;
  if (another !== undefined) void notify.info(l10n.t('Select a single conversation to rerun.'));
  else await rerunTarget(app, target);
}

/** Reruns the left side of a comparison, which is the original after a rerun. */
export async function rerunOriginal(app: App, address: unknown): Promise<void> {
  const original = (await app.comparisons()).original(address);
  if (original === undefined) return;
  const api = await app.api();
  if (api !== undefined && api.origin !== original.origin) {
    void notify.info(l10n.t('These conversations belong to another account. Switch to it to rerun one.'));
  } else {
    await rerunTarget(app, { ...original, conversation: app.store.find(original.id) ?? original.conversation });
  }
}

/** The lists of the tree that have test conversations. */
export function testLists({ model }: App): readonly ListKey[] {
  return model.lists.filter((key) => key === 'test' || key === everyType);
}

/** Loads new test conversations into the lists that were opened. */
export async function refreshTests(app: App): Promise<void> {
  await app.store.refresh(testLists(app));
}

async function rerunTarget(app: App, target: ConversationTarget): Promise<void> {
  const api = await app.api();
  if (api === undefined) {
    void notify.info(l10n.t('Set an API key first. Test conversations run on the server.'));
    return;
  }
  if (!isTheirServer(api.origin, [target])) return;
  const [read, balance] = await Promise.all([readTranscripts(api, [target]), balanceOf(api)]);
  const [original] = read?.read ?? [];
  if ((await app.api()) !== api) return;
  if (original === undefined) {
    for (const error of read?.failures ?? []) reportError(error, { kind: 'readingTranscript' });
    return;
  }
  const plan = planRerun(original.conversation, original.transcript);
  if (typeof plan === 'string') void notify.info(unplannableWords(plan));
  else if (await isConfirmed(api, original, plan, balance)) await run(app, api, original, plan);
}

async function isConfirmed(
  api: ConversationsApi,
  { conversation }: ReadConversation,
  plan: RerunPlan,
  balance: string | undefined,
): Promise<boolean> {
  const go = l10n.t('Rerun');
  const assistant = visible(conversation?.assistantName ?? '').trim() || l10n.t('the same assistant');
  const { length: count } = plan.messages;
  const does =
    count === 1
      ? l10n.t("Sends the user's message to {0} in a new test conversation with the same variables.", assistant)
      : l10n.t(
          "Sends the user's {0} messages to {1}, one after another, in a new test conversation with the same variables.",
          count,
          assistant,
        );
  const detail = [does, ...skippedMessages(plan), writingWords(api, balance)].join('\n');
  const question = l10n.t('Rerun this conversation as a test conversation?');
  return (await notify.info(question, { modal: true, detail }, go)) === go;
}

async function run(app: App, api: ConversationsApi, original: ReadConversation, plan: RerunPlan): Promise<void> {
  // Under another account by now: nothing was sent yet.
  if ((await app.api()) !== api) return;
  const outcome = await runOrRefuse(app, api, plan);
  if (outcome === undefined || (await app.api()) !== api) return tellElsewhere(outcome);
  // Also after a failure: what was created without an answer is in the list then.
  await refreshTests(app);
  if (outcome.id !== undefined && outcome.arrived > 0) await show(app, api, original, outcome.id);
  tell(outcome, plan);
}

async function runOrRefuse(app: App, api: ConversationsApi, plan: RerunPlan): Promise<RerunOutcome | undefined> {
  try {
    return await withRerunProgress((director) => rerun(plan, { api, tests: app.sender.tests }, director));
  } catch (error) {
    if (!(error instanceof WritingRefused)) throw error;
    void notify.error(refusalWords(error.refusal));
    return undefined;
  }
}

/** The old one on the left, as it was before, and the new one on the right. */
async function show(app: App, api: ConversationsApi, original: ReadConversation, id: string): Promise<void> {
  const target = { id, origin: api.origin, conversation: app.store.find(id) };
  const read = await readTranscripts(api, [target]);
  const [made] = read?.read ?? [];
  if ((await app.api()) !== api) return;
  if (made !== undefined) return (await app.comparisons()).show(original, made, api.origin);
  for (const error of read?.failures ?? []) reportError(error, { kind: 'readingTranscript' });
  app.details.show(id, { preserveFocus: false });
}

function tellElsewhere(outcome: RerunOutcome | undefined): void {
  if (outcome !== undefined) {
    void notify.warn(
      l10n.t('The rerun stopped after {0} messages because the account or API key changed.', outcome.arrived),
    );
  }
}

function tell({ kind, id, arrived, unanswered, error }: RerunOutcome, { messages }: RerunPlan): void {
  const of = messages.length;
  if (error !== undefined && id === undefined) {
    void notify.error(creationFailed(error));
  } else if (kind !== 'done') {
    void notify.info(l10n.t('The rerun stopped after {0} of {1} messages.', arrived, of));
  } else if (unanswered > 0) {
    void notify.warn(l10n.t("The assistant didn't reply to {0} of {1} messages. Its AI may be off.", unanswered, of));
  }
}
