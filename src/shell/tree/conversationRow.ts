import { MarkdownString, l10n } from 'vscode';
import type { Annotation, AnnotationLabel } from '../../core/model/annotation';
import type { Conversation } from '../../core/model/conversation';
import { isolateDirection } from '../../core/text/directions';
import { findTitle, shortId, toRowLabel, toVisibleLine } from '../../core/text/title';
import { entriesOf, stringify } from '../../core/util/exactJson';
import type { CallSummary } from '../../core/view/callSummary';
import { listFacts } from '../../core/view/facts';
import type { ConversationNode } from '../../core/view/treeNodes';
import { formatCalls } from '../format/calls';
import { conversationDescription, formatSpokenRow, formatSpokenRowAge } from '../format/conversation';
import { formatFact } from '../format/facts';
import { formatAssistant, formatNamesake } from '../format/filter';
import { formatLabel, formatNotePreview, formatSpokenAnnotation } from '../format/labels';
import type { TimeContext } from '../format/time';
import { labelIcons } from '../labels/icon';
import type { PresentationContext, RowPresentation } from './rowPresentation';

export function presentConversation(
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
  const calls = context.callsOf(node.conversationId);
  const label = isolateDirection(toRowLabel(findTitle(conversation, calls?.opening)));
  const annotation = context.annotationOf(conversation);
  const isNew = context.isNew(node.conversationId);
  const ariaLabel = [formatSpokenRow(conversation, context, calls), formatSpokenAnnotation(annotation)]
    .filter((part) => part !== '')
    .join(', ');
  const { assistantId, assistantName } = conversation;
  const showsAssistant = node.parent.path[0].by === 'day' && toVisibleLine(assistantName ?? '').trim() !== '';
  const assistant = showsAssistant
    ? sharesName(assistantId)
      ? formatNamesake(assistantName, assistantId)
      : isolateDirection(formatAssistant(assistantName, assistantId))
    : '';
  const failedCalls = calls?.failed ?? 0;
  const icon = conversationIcon(conversation, { isNew, label: annotation?.label, failedCalls });
  const description = [
    conversationDescription(conversation, context, assistant),
    conversation.aiEnabled === false && icon !== aiOffIcon ? l10n.t('AI off') : '',
    formatNotePreview(annotation),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return {
    label,
    description,
    ...icon,
    contextValue: 'conversation',
    ariaLabel: isNew ? l10n.t('New: {0}', ariaLabel) : ariaLabel,
    ...(failedCalls > 0 && { failedCalls }),
  };
}

interface IconState {
  readonly isNew?: boolean;
  readonly label: AnnotationLabel | undefined;
  readonly failedCalls: number;
}

type RowIcon = Pick<RowPresentation, 'icon' | 'color'>;

const aiOffIcon: RowIcon = { icon: 'circle-slash', color: 'disabledForeground' };
const failedCallIcon: RowIcon = { icon: 'tools', color: 'list.errorForeground' };

/** Shows the state only: the group shows the type. */
export function conversationIcon(
  { aiEnabled }: Pick<Conversation, 'aiEnabled'>,
  { isNew = false, label, failedCalls }: IconState,
): RowIcon {
  if (isNew) return { icon: 'circle-filled', color: 'notificationsInfoIcon.foreground' };
  if (label !== undefined) return labelIcons[label];
  if (failedCalls > 0) return failedCallIcon;
  return aiEnabled === false ? aiOffIcon : { icon: 'comment' };
}

const maxTooltipValueChars = 200;

/** @param calls of the transcript, if it was loaded */
export function createTooltip(
  conversation: Conversation,
  { zone, now }: TimeContext,
  annotation: Annotation | undefined,
  calls: CallSummary | undefined,
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
  add(l10n.t('Age'), formatSpokenRowAge(conversation, { zone, now }));
  add(l10n.t('First message'), calls?.opening);
  add(l10n.t('Tool calls'), calls && formatCalls(calls));
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
