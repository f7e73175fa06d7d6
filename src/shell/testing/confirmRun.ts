import { l10n } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { type ExpectedMessages, countRunMessages } from '../../core/testing/countRunMessages';
import type { SelectedTests } from '../../core/testing/runSuites';
import type { AssistantReference } from '../../core/testing/suite';
import { toVisibleLine } from '../../core/text/title';
import { sampleBaseUrl } from '../../sample/baseUrl';
import { plural } from '../format/plural';
import { formatSendWarning } from '../format/running';
import { notify } from '../notify';
import { loadBalance } from '../running/sender';

/** A run that would send more is confirmed each time. */
const maxMessagesWithoutQuestion = 100;

export interface PlannedRun {
  readonly files: readonly SelectedTests[];
  /** May contain an assistant more than once. */
  readonly assistants: readonly AssistantReference[];
  readonly repeat?: number;
  readonly canEndEarly: boolean;
  /** Whether the tests also run whenever their file is saved. */
  readonly isContinuous: boolean;
}

/** Asks before a run sends messages: once per server and assistant in a window, and before each large run. */
export class RunConfirmation {
  private readonly confirmed = new Set<string>();

  async isConfirmed(api: ConversationsApi, run: PlannedRun): Promise<boolean> {
    if (api.baseUrl === sampleBaseUrl) return true;
    const tests = run.files.flatMap((file) => file.tests);
    const expected = countRunMessages(tests, run);
    const keys = run.assistants.map(({ name, id }) => JSON.stringify([api.baseUrl, name, id]));
    const isKnown = keys.every((key) => this.confirmed.has(key));
    if (isKnown && expected.messages.max <= maxMessagesWithoutQuestion) return true;
    if (!(await ask(api, run, expected))) return false;
    for (const key of keys) this.confirmed.add(key);
    return true;
  }
}

async function ask(api: ConversationsApi, run: PlannedRun, expected: ExpectedMessages): Promise<boolean> {
  const start = l10n.t('Run');
  const [name = '', ...others] = new Set(run.assistants.map((assistant) => toVisibleLine(assistant.name)));
  const question =
    others.length === 0
      ? plural(expected.tests, 'Run 1 test with {0}?', 'Run {1} tests with {0}?', name)
      : l10n.t('Run {0} tests with {1}?', expected.tests, [name, ...others].join(', '));
  const detail = [
    formatExpected(expected),
    ...(run.isContinuous ? [l10n.t('They run again each time you save their file.')] : []),
    formatSendWarning(api, await loadBalance(api)),
    ...(run.isContinuous ? [] : [l10n.t("You'll be asked once per window for each assistant.")]),
  ].join('\n');
  return (await notify.warn(question, { modal: true, detail }, start)) === start;
}

function formatExpected({ messages, conversations }: ExpectedMessages): string {
  return [
    plural(messages.min, 'Sends 1 message.', 'Sends {0} messages.'),
    plural(conversations.min, 'Creates 1 test conversation.', 'Creates {0} test conversations.'),
    ...(messages.max === messages.min ? [] : [l10n.t('With repeats, it sends at most {0} messages.', messages.max)]),
  ].join(' ');
}
