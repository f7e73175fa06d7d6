import { type MessageItem, ProgressLocation, l10n, window } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import type { KnownArrival } from '../../core/running/arrival';
import {
  type Decision,
  type Interruption,
  type RerunDirector,
  type RerunOutcome,
  type RerunPlan,
  type RerunStep,
  planRerun,
  rerun,
} from '../../core/running/rerun';
import { WritingRefused } from '../../core/running/testConversations';
import { type ListKey, everyType } from '../../core/store/snapshot';
import { toVisibleLine } from '../../core/text/title';
import { assertNever } from '../../core/util/assertNever';
import type { App } from '../app';
import { ensureCurrentServer, type ConversationTarget, type ReadConversation, findTargetsOrHint } from '../targets';
import { notify, reportError } from '../notify';
import { loadBalance } from '../running/sender';
import { readTranscripts } from '../transcripts';
import { formatCause } from '../format/errors';
import {
  formatArrival,
  formatCreationError,
  formatRefusal,
  formatSkipped,
  formatUnplannable,
  formatSendWarning,
} from '../format/running';

export async function rerunSelected(app: App, ...args: unknown[]): Promise<void> {
  const [target, another] = findTargetsOrHint(app, args);
  if (target === undefined) return;
  if (another !== undefined) void notify.info(l10n.t('Select a single conversation to rerun.'));
  else await findRerunTarget(app, target);
}

/** Reruns the left side of a comparison, which is the original of a rerun. */
export async function rerunOriginal(app: App, address: unknown): Promise<void> {
  const original = (await app.comparisons()).findOriginal(address);
  if (original === undefined) return;
  const api = await app.api();
  if (api !== undefined && api.origin !== original.origin) {
    void notify.info(l10n.t('These conversations belong to another account. Switch to it to rerun one.'));
  } else {
    await findRerunTarget(app, { ...original, conversation: app.store.find(original.id) ?? original.conversation });
  }
}

export function testLists({ model }: App): readonly ListKey[] {
  return model.lists.filter((key) => key === 'test' || key === everyType);
}

export async function refreshTests(app: App): Promise<void> {
  await app.store.refresh(testLists(app));
}

/** Loads the row of a test conversation, also if none of its lists was opened. */
export async function loadTestRow(app: App, id: string): Promise<void> {
  await refreshTests(app);
  if (app.store.find(id) === undefined) await Promise.all(testLists(app).map((key) => app.store.open(key)));
}

async function findRerunTarget(app: App, target: ConversationTarget): Promise<void> {
  const api = await app.api();
  if (api === undefined) {
    void notify.info(l10n.t('Set an API key first. Test conversations run on the server.'));
    return;
  }
  if (!ensureCurrentServer(api.origin, [target])) return;
  const [read, balance] = await Promise.all([readTranscripts(app, api, [target]), loadBalance(api)]);
  const [original] = read?.read ?? [];
  if ((await app.api()) !== api) return;
  if (original === undefined) {
    for (const error of read?.failures ?? []) reportError(error, { kind: 'readingTranscript' });
    return;
  }
  const plan = planRerun(original.conversation, original.transcript);
  if (typeof plan === 'string') void notify.info(formatUnplannable(plan));
  else if (await isConfirmed(app, api, original, plan, balance)) await run(app, api, original, plan);
}

/** Asks unless the user turned this question off for this assistant and window, and whenever messages would be left out. */
async function isConfirmed(
  { sender }: App,
  api: ConversationsApi,
  { conversation }: ReadConversation,
  plan: RerunPlan,
  balance: string | undefined,
): Promise<boolean> {
  const consent = JSON.stringify([api.baseUrl, plan.assistantUuid]);
  const leavesNothingOut = formatSkipped(plan).length === 0;
  if (leavesNothingOut && sender.rerunConsents.has(consent)) return true;
  const [go, always] = [l10n.t('Rerun'), l10n.t("Rerun, Don't Ask Again")];
  const assistant = toVisibleLine(conversation?.assistantName ?? '').trim() || l10n.t('the same assistant');
  const { length: count } = plan.messages;
  const does =
    count === 1
      ? l10n.t("Sends the user's message to {0} in a new test conversation with the same variables.", assistant)
      : l10n.t(
          "Sends the user's {0} messages to {1}, one after another, in a new test conversation with the same variables.",
          count,
          assistant,
        );
  const remember = l10n.t("Don't Ask Again applies to this assistant in this window.");
  const detail = [does, ...formatSkipped(plan), formatSendWarning(api, balance), remember].join('\n');
  const question = l10n.t('Rerun this conversation as a test conversation?');
  const chosen = await notify.info(question, { modal: true, detail }, go, always);
  if (chosen === always) sender.rerunConsents.add(consent);
  return chosen === go || chosen === always;
}

async function run(app: App, api: ConversationsApi, original: ReadConversation, plan: RerunPlan): Promise<void> {
  // The account may have changed. Nothing was sent yet.
  if ((await app.api()) !== api) return;
  const outcome = await runOrRefuse(app, api, plan);
  if (outcome === undefined || (await app.api()) !== api) return reportAccountChange(outcome);
  // Even after a failure, because the conversation may have been created without a response.
  await refreshTests(app);
  if (outcome.id !== undefined && outcome.arrived > 0) await show(app, api, original, outcome.id);
  reportOutcome(outcome, plan);
}

async function runOrRefuse(app: App, api: ConversationsApi, plan: RerunPlan): Promise<RerunOutcome | undefined> {
  try {
    return await withRerunProgress((director) => rerun(plan, { api, tests: app.sender.tests }, director));
  } catch (error) {
    if (!(error instanceof WritingRefused)) throw error;
    void notify.error(formatRefusal(error.refusal));
    return undefined;
  }
}

/** Shows the original on the left, as it was before, and the rerun on the right. */
async function show(app: App, api: ConversationsApi, original: ReadConversation, id: string): Promise<void> {
  const target = { id, origin: api.origin, conversation: app.store.find(id) };
  const read = await readTranscripts(app, api, [target]);
  const [made] = read?.read ?? [];
  if ((await app.api()) !== api) return;
  if (made !== undefined) return (await app.comparisons()).show(original, made, api.origin);
  for (const error of read?.failures ?? []) reportError(error, { kind: 'readingTranscript' });
  app.details.show(id, { preserveFocus: false });
}

function reportAccountChange(outcome: RerunOutcome | undefined): void {
  if (outcome !== undefined) {
    void notify.warn(
      l10n.t('The rerun stopped after {0} messages because the account or API key changed.', outcome.arrived),
    );
  }
}

function reportOutcome({ kind, id, arrived, unanswered, error }: RerunOutcome, { messages }: RerunPlan): void {
  const of = messages.length;
  if (error !== undefined && id === undefined) {
    void notify.error(formatCreationError(error));
  } else if (kind !== 'done') {
    void notify.info(l10n.t('The rerun stopped after {0} of {1} messages.', arrived, of));
  } else if (unanswered > 0) {
    void notify.warn(l10n.t("The assistant didn't reply to {0} of {1} messages. Its AI may be off.", unanswered, of));
  }
}

/** Shows progress in a notification. Cancel stops before the next message is sent. */
export async function withRerunProgress(
  run: (director: RerunDirector) => Promise<RerunOutcome>,
): Promise<RerunOutcome> {
  const stop = new AbortController();
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Rerunning conversation'),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, cancellation) => {
    let done = 0;
    const step = (next: RerunStep): void => {
      const share = next.kind === 'creating' ? 0 : ((next.number - 1) / next.of) * 100;
      progress.report({ increment: share - done, message: formatStep(next) });
      done = share;
    };
    const running = run({ step, decide, stop: stop.signal });
    cancellation.onCancellationRequested(() => {
      stop.abort();
      // VS Code removes a canceled notification.
      const title = l10n.t('Stopping the rerun after this reply…');
      void window.withProgress({ location: ProgressLocation.Notification, title }, () =>
        running.then(nothing, nothing),
      );
    });
    return running;
  });
}

const nothing = (): void => undefined;

function formatStep(step: RerunStep): string {
  switch (step.kind) {
    case 'creating':
      return l10n.t('Creating test conversation');
    case 'sending':
      return l10n.t('Message {0} of {1}', step.number, step.of);
    case 'checking':
      return l10n.t('Checking whether message {0} of {1} was delivered', step.number, step.of);
    default:
      return assertNever(step);
  }
}

interface DecisionItem extends MessageItem {
  readonly decision: Decision;
}

/** Never resends a message unless the user chooses to. Closing the question stops the rerun. */
async function decide({ number, of, error, arrival }: Interruption): Promise<Decision> {
  const question = l10n.t('No reply to message {0} of {1}', number, of);
  const detail = `${formatCause(error, { kind: 'sending' })}\n${formatArrival(arrival)}`;
  const picked = await notify.warn(question, { modal: true, detail }, ...createChoices(arrival, number === of));
  return picked?.decision ?? 'stop';
}

function createChoices(arrival: KnownArrival, isLast: boolean): readonly DecisionItem[] {
  const sendNext = { title: isLast ? l10n.t('Finish') : l10n.t('Send Next Message'), decision: 'continue' } as const;
  const resend = { title: l10n.t('Send Again'), decision: 'resend' } as const;
  const checkAgain = { title: l10n.t('Check Again'), decision: 'check' } as const;
  const stop = { title: l10n.t('Stop'), decision: 'stop', isCloseAffordance: true } as const;
  switch (arrival) {
    case 'answered':
      return [sendNext, stop];
    case 'unanswered':
      return [checkAgain, sendNext, stop];
    case 'missing':
      return [checkAgain, resend, stop];
    case 'notTaken':
      return [resend, stop];
    case 'unknown':
      return [checkAgain, stop];
    default:
      return assertNever(arrival);
  }
}
