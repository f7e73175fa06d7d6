import { l10n } from 'vscode';
import { knownConversationTypes } from '../../core/model/conversation';
import { isolated } from '../../core/text/isolated';
import { shortId, visible } from '../../core/text/label';
import { dayBefore, dayOf } from '../../core/text/time';
import type { TreeModel } from '../../core/view/treeModel';
import type { GroupKey, GroupNode } from '../../core/view/treeNodes';
import { typeWords } from '../words/type';
import { countWords, newWords } from '../words/counts';
import { dayWords } from '../words/day';
import { assistantWords } from '../words/filter';
import type { PictureContext, RowPicture } from './picture';
import { typeIcon } from './typeIcon';

export function groupPicture(group: GroupNode, model: TreeModel, context: PictureContext): RowPicture {
  const key = group.path[group.path.length - 1] ?? group.path[0];
  const label = labelOf(key, model, context);
  const count = countWords(model.count(group));
  // Two assistants may share a name: then the id keeps them apart.
  const apart = key.by === 'assistant' && model.sharesName(key.assistantId) ? shortId(key.assistantId) : '';
  const fresh = model.countIn(group, context.isNew);
  const description = [visible(apart), count, fresh === 0 ? '' : newWords(fresh)]
    .filter((part) => part !== '')
    .join(' · ');
  const list = model.list(group.list);
  const canReadOn = key.by === 'type' && group.parent === undefined && list?.read === true && list.hasMore;
  return {
    label: isolated(label),
    description,
    icon: iconOf(key),
    context: canReadOn ? 'group.more' : 'group',
    spoken: description === '' ? label : `${label}, ${description}`,
  };
}

function labelOf(key: GroupKey, model: TreeModel, { now }: PictureContext): string {
  switch (key.by) {
    case 'type':
      return typeWords(key.type);
    case 'assistant':
      return assistantWords(model.assistantName(key.assistantId), key.assistantId);
    case 'day': {
      if (key.day === undefined) return l10n.t('Unknown Date');
      const today = dayOf(now, 'local');
      if (key.day === today) return l10n.t('Today');
      if (key.day === dayBefore(today)) return l10n.t('Yesterday');
      return dayWords(key.day, today);
    }
  }
}

function iconOf(key: GroupKey): string {
  switch (key.by) {
    case 'type':
      return typeIcon(key.type);
    case 'assistant':
      return 'robot';
    case 'day':
      return 'calendar';
  }
}

/** VS Code asks for the children of each open group at once, and a long list has hundreds of days. */
const maxOpenDays = 7;

/** Whether a group is open when it is first shown. @param now epoch milliseconds */
export function opensAtFirst(group: GroupNode, model: TreeModel, now: number): boolean {
  const siblings = model.children(group.parent);
  const isFirst = siblings.find(({ kind }) => kind === 'group')?.id === group.id;
  const key = group.path[group.path.length - 1] ?? group.path[0];
  // Opening a type costs a request: only the type that is looked at most is open from the start.
  if (key.by === 'type' && group.parent === undefined)
    return isFirst && (siblings.length === 1 || key.type === knownConversationTypes[0]);
  if (isFirst) return true;
  if (key.by === 'day') return key.day === undefined || key.day > dayBefore(dayOf(now, 'local'), maxOpenDays);
  return key.by === 'type';
}
