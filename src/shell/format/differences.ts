import * as vscode from 'vscode';
import { formatDollars } from '../../core/text/cost';
import type { Change, Differences } from '../../core/view/compare/comparison';
import { plural } from './plural';

/** "2 turns differ · 1 tool call added, 1 changed · cost $0.0128 → $0.0201 · 7 → 9 messages", or "No differences". */
export function formatDifferences(differences: Differences): string {
  const { turns, calls, cost, messages, rejected } = differences;
  const parts = [
    turns === 0 ? undefined : plural(turns, '1 turn differs', '{0} turns differ'),
    formatCallDifferences(calls),
    cost && vscode.l10n.t('cost {0}', formatChange({ from: formatDollars(cost.from), to: formatDollars(cost.to) })),
    messages && vscode.l10n.t('{0} messages', formatChange(messages)),
    rejected === 0 ? undefined : formatNotCompared(rejected),
  ].filter((part) => part !== undefined);
  const differ = turns > 0 || cost !== undefined || messages !== undefined;
  return (differ ? parts : [vscode.l10n.t('No differences'), ...parts]).join(' · ');
}

/** "1 tool call added, 2 removed, 1 changed" */
function formatCallDifferences({ added, removed, changed }: Differences['calls']): string | undefined {
  const counted = [
    {
      count: added,
      first: plural(added, '1 tool call added', '{0} tool calls added'),
      more: vscode.l10n.t('{0} added', added),
    },
    {
      count: removed,
      first: plural(removed, '1 tool call removed', '{0} tool calls removed'),
      more: vscode.l10n.t('{0} removed', removed),
    },
    {
      count: changed,
      first: plural(changed, '1 tool call changed', '{0} tool calls changed'),
      more: vscode.l10n.t('{0} changed', changed),
    },
  ].filter(({ count }) => count > 0);
  if (counted.length === 0) return undefined;
  return counted.map(({ first, more }, index) => (index === 0 ? first : more)).join(', ');
}

/** A partial comparison never looks complete. */
function formatNotCompared(count: number): string {
  return plural(count, '1 unreadable entry not compared', '{0} unreadable entries not compared');
}

function formatChange({ from, to }: Change<string | number>): string {
  return `${from} → ${to}`;
}
