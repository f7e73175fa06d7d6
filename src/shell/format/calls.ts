import { l10n } from 'vscode';
import type { CallSummary } from '../../core/view/callSummary';
import { toVisibleLine } from '../../core/text/label';

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
