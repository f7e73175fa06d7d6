import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import { ApiError, isCanceled } from '../../../core/api/errors';
import type { Assistant } from '../../../core/model/conversation';
import type { AssistantFilter } from '../../../core/model/query';
import { listAssistantChoices, type AssistantChoice } from '../../../core/view/filterAssistants';
import type { App } from '../../app';
import { formatError } from '../../format/errors';
import { formatAssistantLabel, plainLabel, formatShortIdLabel } from '../quickPick';
import { listAssistantsWithCurrent } from './vocabulary';
import { askForChoice, type StepResult, type Choice, type OpenListStep } from './ask';

type Picked = AssistantFilter | 'retry' | undefined;

/** Assistants that the server listed. A failed request is repeated by the next step. */
const known = new WeakMap<ConversationsApi, readonly Assistant[]>();

/** Lists the assistants of loaded rows immediately, then adds the server's. */
export async function askForAssistant(app: App): Promise<StepResult<AssistantFilter | undefined>> {
  let listed: readonly Assistant[] = [];
  let failure: unknown;
  let retry = (): void => undefined;
  const choices = (): Choice<Picked>[] => createChoices(app, listed, failure);
  const fill = (step: OpenListStep<Picked>): vscode.Disposable => {
    const aborter = new AbortController();
    const read = async (): Promise<void> => {
      step.setBusy(true);
      try {
        listed = await loadAssistantList(app, aborter.signal);
        failure = undefined;
      } catch (error) {
        if (aborter.signal.aborted || isCanceled(error)) return;
        failure = error;
      }
      if (aborter.signal.aborted) return;
      step.setBusy(false);
      step.show(choices());
    };
    retry = () => void read();
    retry();
    return vscode.Disposable.from(
      app.store.onDidChange(() => step.show(choices())),
      { dispose: () => aborter.abort() },
    );
  };
  const answer = await askForChoice<Picked>({
    title: vscode.l10n.t('Filter by Assistant'),
    placeholder: vscode.l10n.t('Select an assistant'),
    choices: choices(),
    fill,
    staysFor: (value) => {
      if (value !== 'retry') return false;
      retry();
      return true;
    },
  });
  if (answer.kind !== 'chosen') return answer;
  return { kind: 'chosen', value: answer.value === 'retry' ? undefined : answer.value };
}

/** Returns the filter for an assistant; without the server's list it covers loaded conversations only. */
export async function findAssistantFilter(app: App, uuid: string): Promise<AssistantFilter> {
  const listed = await loadAssistantList(app, new AbortController().signal).catch((error: unknown) => {
    if (error instanceof ApiError) return [];
    throw error;
  });
  const choice = listAssistantChoices(app.store.snapshot.rows, listed).find((each) => each.uuid === uuid);
  return choice === undefined ? { uuid, name: undefined } : toFilter(choice);
}

function toFilter({ loaded: _, ambiguous, ...assistant }: AssistantChoice): AssistantFilter {
  return ambiguous ? { ...assistant, ambiguous } : assistant;
}

export async function loadAssistantList(app: App, signal: AbortSignal): Promise<readonly Assistant[]> {
  const api = await app.api();
  if (api === undefined || signal.aborted) return [];
  const listed = known.get(api) ?? (await api.listAssistants({ signal }));
  known.set(api, listed);
  return listed;
}

function createChoices(app: App, listed: readonly Assistant[], failure: unknown): Choice<Picked>[] {
  const current = app.viewState.filter.assistant;
  return [
    { label: vscode.l10n.t('Any Assistant'), value: undefined, current: current === undefined },
    ...listAssistantsWithCurrent(app, listed).map((choice) => ({
      ...assistantItem(choice),
      current: choice.uuid === current?.uuid,
    })),
    ...(failure === undefined ? [] : [failureItem(failure)]),
  ];
}

function assistantItem(choice: AssistantChoice): Choice<Picked> {
  const { loaded, ambiguous, ...assistant } = choice;
  const facts = [
    ambiguous ? formatShortIdLabel(assistant.uuid) : undefined,
    loaded === 0 ? undefined : vscode.l10n.t('{0} loaded', loaded),
  ].filter((fact) => fact !== undefined);
  return {
    label: formatAssistantLabel(assistant.name, assistant.uuid),
    ...(facts.length === 0 ? {} : { description: facts.join(' · ') }),
    value: toFilter(choice),
  };
}

/** Shows why only loaded rows can be filtered. Choosing it retries. */
function failureItem(failure: unknown): Choice<Picked> {
  return {
    label: `$(info) ${vscode.l10n.t('Filtering by assistant covers loaded conversations only')}`,
    description: vscode.l10n.t('Retry'),
    detail: plainLabel(formatFailure(failure)),
    alwaysShow: true,
    value: 'retry',
  };
}

function formatFailure(failure: unknown): string {
  if (!(failure instanceof ApiError)) return String(failure);
  if (failure.kind === 'notFound' || failure.kind === 'forbidden') {
    return vscode.l10n.t(
      "The server doesn't list its assistants ({0}), so it can't filter by assistant.",
      failure.status ?? '',
    );
  }
  return formatError(failure, { kind: 'readingAssistants' }).message;
}
