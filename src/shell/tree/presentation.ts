import { MarkdownString, l10n } from 'vscode';
import type { Annotation, AnnotationLabel } from '../../core/model/annotation';
import { type Conversation, type ConversationType, knownConversationTypes } from '../../core/model/conversation';
import type { ListKey } from '../../core/store/snapshot';
import { isolateDirection } from '../../core/text/directions';
import { findTitle, shortId, toVisibleLine } from '../../core/text/title';
import { subtractDays, formatDay } from '../../core/text/time';
import { assertNever } from '../../core/util/assertNever';
import { entriesOf, stringify } from '../../core/util/exactJson';
import { listFacts } from '../../core/view/facts';
import type { AnnotationOf } from '../../core/view/filter';
import type { TreeModel } from '../../core/view/treeModel';
import type {
  ConversationNode,
  GroupKey,
  GroupNode,
  MoreNode,
  NoticeNode,
  RestNode,
  TreeNode,
} from '../../core/view/treeNodes';
import { labelIcons } from '../labels/icon';
import { conversationDescription, formatSpokenRow, formatTypeInSentence, formatType } from '../format/conversation';
import { formatGroupCount, formatLoaded, formatNewCount } from '../format/counts';
import { listActivity } from '../format/activity';
import { actionLabel, formatError, firstAction } from '../format/errors';
import { formatFact } from '../format/facts';
import { formatAssistant, formatNamesake } from '../format/filter';
import { formatSpokenAnnotation, formatNotePreview, formatLabel } from '../format/labels';
import { formatDayLabel } from '../format/time';

/** A row as plain data. A row is rendered again only if its presentation has changed. */
export interface RowPresentation {
  readonly label: string;
  readonly description?: string;
  /** Codicon name. */
  readonly icon: string;
  /** Theme color ID. */
  readonly color?: string;
  readonly contextValue: string;
  readonly ariaLabel: string;
  readonly tooltip?: string;
}

export interface PresentationContext {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Time zone of the server's timestamps. */
  readonly zone: string;
  readonly filterText: string;
  readonly isNew: (conversationId: string) => boolean;
  readonly annotationOf: AnnotationOf;
  /** Whether a list has been busy long enough to show it. */
  readonly shouldShowBusy: (list: ListKey) => boolean;
}

export function toPresentation(node: TreeNode, model: TreeModel, context: PresentationContext): RowPresentation {
  switch (node.kind) {
    case 'group':
      return presentGroup(node, model, context);
    case 'conversation':
      return presentConversation(node, model.find(node.conversationId), context, (assistantId) =>
        model.hasSharedName(assistantId),
      );
    case 'more':
      return presentLoadMore(node, model, context);
    case 'rest':
      return presentRest(node, model);
    case 'notice':
      return presentNotice(node, model, context);
    default:
      return assertNever(node);
  }
}

function presentConversation(
  node: ConversationNode,
  conversation: Conversation | undefined,
  context: PresentationContext,
  sharesName: (assistantId: string) => boolean,
): RowPresentation {
  // VS Code may still request a removed row.
  if (conversation === undefined) {
    const label = toVisibleLine(shortId(node.conversationId));
    return { label, icon: 'comment', contextValue: 'conversation', ariaLabel: label };
  }
  const label = isolateDirection(findTitle(conversation).text);
  const annotation = context.annotationOf(conversation);
  const isNew = context.isNew(node.conversationId);
  const ariaLabel = [formatSpokenRow(conversation, context), formatSpokenAnnotation(annotation)]
    .filter((part) => part !== '')
    .join(', ');
  const { assistantId, assistantName } = conversation;
  const showsAssistant = node.parent.path[0].by === 'day' && toVisibleLine(assistantName ?? '').trim() !== '';
  const assistant = showsAssistant
    ? sharesName(assistantId)
      ? formatNamesake(assistantName, assistantId)
      : isolateDirection(formatAssistant(assistantName, assistantId))
    : '';
  const description = [
    conversationDescription(conversation, context, assistant),
    conversation.aiEnabled === false ? l10n.t('AI off') : '',
    formatNotePreview(annotation),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return {
    label,
    description,
    ...conversationIcon(conversation, { isNew, label: annotation?.label }),
    contextValue: 'conversation',
    ariaLabel: isNew ? l10n.t('New: {0}', ariaLabel) : ariaLabel,
  };
}

interface IconState {
  readonly isNew?: boolean;
  readonly label: AnnotationLabel | undefined;
}

export function conversationIcon(
  { type, aiEnabled }: Conversation,
  { isNew = false, label }: IconState,
): Pick<RowPresentation, 'icon' | 'color'> {
  if (isNew) return { icon: 'circle-filled', color: 'notificationsInfoIcon.foreground' };
  if (label !== undefined) return labelIcons[label];
  return aiEnabled === false ? { icon: 'circle-slash', color: 'disabledForeground' } : { icon: typeIcon(type) };
}

function presentGroup(group: GroupNode, model: TreeModel, context: PresentationContext): RowPresentation {
  const key = group.path[group.path.length - 1] ?? group.path[0];
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
    contextValue: canLoadMore ? 'group.more' : 'group',
    ariaLabel: description === '' ? label : `${label}, ${description}`,
  };
}

function groupLabel(key: GroupKey, model: TreeModel, { now }: PresentationContext): string {
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

/** VS Code requests the children of all open groups together, and a long list has hundreds of days. */
const maxOpenDays = 7;

export function isInitiallyOpen(group: GroupNode, model: TreeModel, now: number): boolean {
  const siblings = model.children(group.parent);
  const isFirst = siblings.find(({ kind }) => kind === 'group')?.id === group.id;
  const key = group.path[group.path.length - 1] ?? group.path[0];
  // Opening a type costs a request, so only the most used type is open initially.
  if (key.by === 'type' && group.parent === undefined)
    return isFirst && (siblings.length === 1 || key.type === knownConversationTypes[0]);
  if (isFirst) return true;
  if (key.by === 'day') return key.day === undefined || key.day > subtractDays(formatDay(now, 'local'), maxOpenDays);
  return key.by === 'type';
}

function presentLoadMore(
  { list: key }: MoreNode,
  model: TreeModel,
  { shouldShowBusy }: Pick<PresentationContext, 'shouldShowBusy'>,
): RowPresentation {
  const list = model.list(key);
  const { loaded, total } = model.progress(key);
  if (list?.state.kind === 'busy' && (!list.read || shouldShowBusy(key))) {
    return presentRow(
      l10n.t('Loading…'),
      'loading~spin',
      'loading',
      list.read ? formatLoaded(loaded, total) : undefined,
    );
  }
  if (list?.state.kind === 'failed' && (list.state.work === 'more' || list.state.work === 'all')) {
    const { message } = formatError(list.state.error, listActivity(key));
    return {
      ...presentRow(l10n.t("Couldn't load more. {0} Select to retry.", message), 'error', 'more'),
      color: 'list.errorForeground',
    };
  }
  const label = l10n.t('Load More ({0})', formatLoaded(loaded, total));
  if (list !== undefined && list.rowsWithoutMatch > 0) {
    return presentRow(label, 'arrow-down', 'more', l10n.t('no matches in the last {0} loaded', list.rowsWithoutMatch));
  }
  return presentRow(label, 'arrow-down', 'more');
}

function presentRest({ parent }: RestNode, model: TreeModel): RowPresentation {
  return presentRow(l10n.t('Show More ({0} hidden)', model.countHidden(parent)), 'ellipsis', 'rest');
}

function presentNotice(node: NoticeNode, model: TreeModel, { filterText }: PresentationContext): RowPresentation {
  const notice = model.findNotice(node);
  // VS Code may still request a removed notice.
  if (notice === undefined) return presentRow('…', 'info', 'notice');
  switch (notice.kind) {
    case 'failed': {
      const { message, actions } = formatError(notice.failure.error, listActivity(node.list));
      return {
        ...presentRow(message, 'error', 'notice', actionLabel(firstAction(actions))),
        color: 'list.errorForeground',
      };
    }
    case 'empty':
      return presentRow(emptyMessage(notice.type), 'info', 'notice', l10n.t('Refresh'));
    case 'nothingMatches':
      return presentRow(l10n.t('No conversations match {0}.', filterText), 'filter', 'notice', l10n.t('Clear Filter'));
    case 'noneMatchYet': {
      const message =
        notice.unread === undefined
          ? l10n.t("None of the {0} loaded conversations match. More aren't loaded yet.", notice.loaded)
          : l10n.t("None of the {0} loaded conversations match. {1} aren't loaded yet.", notice.loaded, notice.unread);
      return presentRow(message, 'filter', 'notice.more', l10n.t('Load More'));
    }
    case 'rejected': {
      const message =
        notice.count === 1
          ? l10n.t("1 conversation couldn't be read because its format is unknown.")
          : l10n.t("{0} conversations couldn't be read because their format is unknown.", notice.count);
      return { ...presentRow(message, 'warning', 'notice', l10n.t('Show Log')), color: 'list.warningForeground' };
    }
    case 'mayLackRows': {
      const message = l10n.t(
        'Some conversations may be missing. The list changed while it was loading, or the server reports more than it returns.',
      );
      return { ...presentRow(message, 'warning', 'notice', l10n.t('Reload All')), color: 'list.warningForeground' };
    }
  }
}

function emptyMessage(type: string | undefined): string {
  if (type === undefined) return l10n.t('No conversations yet.');
  if (type === 'test')
    return l10n.t('No test conversations yet. Chat with an assistant on its test screen, then refresh.');
  return l10n.t('No {0} conversations yet.', formatTypeInSentence(type));
}

function presentRow(label: string, icon: string, contextValue: string, description?: string): RowPresentation {
  if (description === undefined) return { label, icon, contextValue, ariaLabel: label, tooltip: label };
  // A narrow side bar truncates the row, so the tooltip repeats it.
  return {
    label,
    description,
    icon,
    contextValue,
    ariaLabel: `${label}, ${description}`,
    tooltip: `${label}\n${description}`,
  };
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

const maxTooltipValueChars = 200;

export function createTooltip(
  conversation: Conversation,
  zone: string,
  annotation: Annotation | undefined,
): MarkdownString {
  const markdown = new MarkdownString();
  const add = (name: string, value: string | undefined): void => {
    const text = toVisibleLine(value ?? '').trim();
    if (text === '') return;
    const shown = text.length > maxTooltipValueChars ? `${text.slice(0, maxTooltipValueChars)}…` : text;
    markdown.appendMarkdown(`**${escapePunctuation(name)}:** ${escapePunctuation(shown)}  \n`);
  };
  add(l10n.t('Label'), annotation?.label && formatLabel(annotation.label));
  add(l10n.t('Note'), annotation?.note);
  for (const fact of listFacts({ id: conversation.id, row: conversation, transcript: undefined })) {
    const { label, text, exact } = formatFact(fact, zone);
    add(label, exact ?? text);
  }
  for (const [name, value] of entriesOf(conversation.variables ?? {})) {
    add(toVisibleLine(name), typeof value === 'string' ? value : stringify(value));
  }
  return markdown;
}

/** Escapes untrusted text. `MarkdownString.appendText` isn't enough: it leaves URLs, which become links. */
function escapePunctuation(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
