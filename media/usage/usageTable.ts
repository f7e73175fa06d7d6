import * as l10n from '../shared/l10n';
import { metrics, type Breakdown, type Metric, type UsageLine } from '../../src/protocol/usage';
import { el, renderText } from '../shared/dom';
import { findLargest } from './bars';

export interface UsageTableParts {
  readonly breakdown: Breakdown;
  readonly lines: readonly UsageLine[];
  /** The column that the bars show. */
  readonly metric: Metric;
}

export const metricLabels = (): Readonly<Record<Metric, string>> => ({
  conversations: l10n.t('Conversations'),
  messages: l10n.t('Messages'),
  cost: l10n.t('Cost'),
});

const breakdownLabels = (): Readonly<Record<Breakdown, string>> => ({
  day: l10n.t('Day'),
  type: l10n.t('Type'),
  assistant: l10n.t('Assistant'),
});

export function createUsageTable({ breakdown, lines, metric }: UsageTableParts): HTMLTableElement {
  const column = metrics.indexOf(metric);
  const valueOf = ({ values }: UsageLine): number => values[column] ?? 0;
  const max = findLargest(lines.map(valueOf));
  const heads = metrics.map((each) =>
    el('th', { scope: 'col', class: each === metric ? 'chosen' : undefined }, metricLabels()[each]),
  );
  return el(
    'table',
    { class: 'usage' },
    el(
      'thead',
      {},
      el('tr', {}, el('th', { scope: 'col' }, breakdownLabels()[breakdown]), ...heads, el('td', { class: 'bar-head' })),
    ),
    el('tbody', {}, ...lines.map((line) => createRow(line, metric, max === 0 ? 0 : valueOf(line) / max))),
  );
}

function createRow({ label, cells }: UsageLine, metric: Metric, share: number): HTMLTableRowElement {
  const bar = el('div', { class: 'bar' });
  bar.style.inlineSize = `${Math.max(0, share) * 100}%`;
  const head = el('th', { scope: 'row', dir: 'auto' });
  head.append(renderText(label));
  return el(
    'tr',
    {},
    head,
    ...cells.map((cell, index) => el('td', { class: metrics[index] === metric ? 'chosen' : undefined }, cell)),
    el('td', { class: 'bar-cell', 'aria-hidden': 'true' }, bar),
  );
}
