import { l10n } from 'vscode';
import type { Conversation, ConversationType } from '../../core/model/conversation';
import { isolateDirection } from '../../core/text/directions';
import { formatShortDollars, parseCost } from '../../core/text/cost';
import { shortId, toVisibleLine } from '../../core/text/title';
import { formatDay, subtractDays } from '../../core/text/time';
import type { TreeModel } from '../../core/view/treeModel';
import { findAssistantOfGroup, type GroupKey, type GroupNode } from '../../core/view/treeNodes';
import { formatType } from '../format/conversation';
import {
  formatConversationCount,
  formatGroupCount,
  formatNewConversations,
  formatNewCount,
  formatSpokenMessageCount,
} from '../format/counts';
import { formatAssistant } from '../format/filter';
import { plural } from '../format/plural';
import { formatDayLabel } from '../format/time';
import type { PresentationContext, RowPresentation } from './rowPresentation';

export function presentGroup(group: GroupNode, model: TreeModel, context: PresentationContext): RowPresentation {
  const key = keyOf(group);
  const label = groupLabel(key, model, context);
  const count = formatGroupCount(model.count(group));
  // Distinguishes assistants of the same name.
  const suffix = key.by === 'assistant' && model.hasSharedName(key.assistantId) ? shortId(key.assistantId) : '';
  const newCount = model.countIn(group, context.isNew);
  const description = [toVisibleLine(suffix), count, newCount === 0 ? '' : formatNewCount(newCount)]
    .filter((part) => part !== '')
    .join(' · ');
  const list = model.list(group.list);
  const canLoadMore = key.by === 'type' && group.parent === undefined && list?.read === true && list.hasMore;
  return {
    label: isolateDirection(label),
    description,
    icon: groupIcon(key),
    contextValue: `group.${key.by}${canLoadMore ? '.more' : ''}`,
    ariaLabel: description === '' ? label : `${label}, ${description}`,
  };
}

/** Sums up the group's loaded conversations that match the filter. */
export function createGroupTooltip(group: GroupNode, model: TreeModel, context: PresentationContext): string {
  const rows = model.rowsIn(group);
  const messages = sum(rows, ({ messageCount = 0 }) => messageCount);
  const cost = sum(rows, ({ totalCost }) => parseCost(totalCost));
  const failing = rows.filter(({ id }) => (context.callsOf(id)?.failed ?? 0) > 0).length;
  const newCount = model.countIn(group, context.isNew);
  const assistantId = findAssistantOfGroup(group);
  const facts = [formatConversationCount(rows.length), messages === 0 ? '' : formatSpokenMessageCount(messages)];
  const count = formatGroupCount(model.count(group));
  const lines = [
    groupLabel(keyOf(group), model, context),
    [...facts, cost === 0 ? '' : formatShortDollars(cost)].filter((part) => part !== '').join(' · '),
    count === '' || count === String(rows.length) ? '' : l10n.t('Loaded: {0}', count),
    failing === 0 ? '' : plural(failing, '1 with failed tool calls', '{0} with failed tool calls'),
    newCount === 0 ? '' : formatNewConversations(newCount),
    assistantId === undefined ? '' : l10n.t('Assistant ID: {0}', toVisibleLine(assistantId)),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function sum(rows: readonly Conversation[], amountOf: (row: Conversation) => number): number {
  return rows.reduce((total, row) => total + amountOf(row), 0);
}

function keyOf({ path }: GroupNode): GroupKey {
  return path[path.length - 1] ?? path[0];
}

function groupLabel(key: GroupKey, model: TreeModel, { now }: Pick<PresentationContext, 'now'>): string {
  switch (key.by) {
    case 'type':
      return formatType(key.type);
    case 'assistant':
      return formatAssistant(model.assistantName(key.assistantId), key.assistantId);
    case 'day': {
      if (key.day === undefined) return l10n.t('Unknown Date');
      const today = formatDay(now, 'local');
      if (key.day === today) return l10n.t('Today');
      if (key.day === subtractDays(today)) return l10n.t('Yesterday');
      return formatDayLabel(key.day, today);
    }
  }
}

function groupIcon(key: GroupKey): string {
  switch (key.by) {
    case 'type':
      return typeIcon(key.type);
    case 'assistant':
      return 'robot';
    case 'day':
      return 'calendar';
  }
}

function typeIcon(type: ConversationType): string {
  switch (type) {
    case 'test':
      return 'beaker';
    case 'widget':
      return 'globe';
    case 'whatsapp':
      return 'device-mobile';
    case 'api':
      return 'plug';
    default:
      return 'comment';
  }
}
