import { l10n } from 'vscode';
import { toVisibleLine } from '../../core/text/title';
import type { CallSummary } from '../../core/view/callSummary';
import type { ToolUsage } from '../../core/view/toolCalls';
import { formatConversationCount } from './counts';
import { plural } from './plural';

/** "7, 2 failed: get_order, refund", for a tooltip. */
export function formatCalls({ calls, failed, records }: CallSummary): string {
  if (failed === 0) return String(calls);
  const tools = new Set(records.filter(({ isFailed }) => isFailed).map(({ tool }) => toVisibleLine(tool).trim()));
  return l10n.t('{0}, {1} failed: {2}', calls, failed, [...tools].join(', '));
}

/** "9+": a badge has two characters at most. */
export function formatBadge(failed: number): string {
  return failed > 9 ? '9+' : String(failed);
}

/** "3 failed · 42 calls · 12 conversations · last 2 hr ago" @param age of the last conversation */
export function formatToolUsage({ calls, failed, conversations }: ToolUsage, age: string): string {
  const parts = [
    failed === 0 ? '' : l10n.t('{0} failed', failed),
    plural(calls, '1 call', '{0} calls'),
    formatConversationCount(conversations),
    age === '' ? '' : l10n.t('last {0}', age),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** "2 hr ago · turn 3". Turns are counted from one, as in the panel. */
export function formatCallPlace(turn: number, age: string): string {
  return [age, l10n.t('turn {0}', turn + 1)].filter((part) => part !== '').join(' · ');
}

export function formatUnchecked(count: number): string {
  return plural(count, "1 conversation isn't checked", "{0} conversations aren't checked");
}

export interface CheckOutcome {
  /** Loaded conversations that match the filter. */
  readonly conversations: number;
  readonly checked: number;
  readonly withFailures: number;
  readonly isCanceled: boolean;
  /** Why some transcripts couldn't be loaded. */
  readonly problem: string | undefined;
}

/** "Checked all 31 conversations. 4 have failed tool calls." */
export function formatCheckOutcome({
  conversations,
  checked,
  withFailures,
  isCanceled,
  problem,
}: CheckOutcome): string {
  if (conversations === 0) return l10n.t('No loaded conversation matches the filter.');
  const isComplete = checked === conversations;
  const sentences = [
    isCanceled ? l10n.t('Check canceled.') : '',
    isComplete
      ? plural(conversations, 'Checked 1 conversation.', 'Checked all {0} conversations.')
      : l10n.t('Checked {0} of {1} conversations.', checked, conversations),
    withFailures === 0
      ? l10n.t('None has failed tool calls.')
      : plural(withFailures, '1 has failed tool calls.', '{0} have failed tool calls.'),
    isComplete ? '' : (problem ?? ''),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
