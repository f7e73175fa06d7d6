import { type TestItem, l10n } from 'vscode';
import { commands } from '../../manifest';
import type { App } from '../app';
import { notify } from '../notify';

export const resultHandlers = { [commands.openTestConversation]: openTestConversation };

/** VS Code passes a test, or a message with its test. */
type ResultArgument = TestItem | { readonly test: TestItem } | undefined;

/** Opens the conversation of a test's latest run: the first one that didn't pass, if any. */
async function openTestConversation(app: App, argument: ResultArgument): Promise<void> {
  const item = argument !== undefined && 'test' in argument ? argument.test : argument;
  const found = item && (await app.conversationTests()).findResult(item.id);
  const runs = found?.result.runs.filter(({ conversationId }) => conversationId !== undefined) ?? [];
  const id = (runs.find(({ verdict }) => verdict !== 'passed') ?? runs.at(-1))?.conversationId;
  if (found === undefined || id === undefined)
    return void notify.info(l10n.t('This test has no conversation in this window. Run it first.'));
  app.details.show(id, { preserveFocus: false, origin: found.origin });
}
