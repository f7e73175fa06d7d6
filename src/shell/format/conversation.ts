import * as vscode from 'vscode';
import type { Conversation, ConversationType } from '../../core/model/conversation';
import { parseCost, formatDollars } from '../../core/text/cost';
import { findTitle, toVisibleLine } from '../../core/text/label';
import { type Age, toAge, parseInstant } from '../../core/text/time';
import { formatMessageCount, formatSpokenMessageCount } from './counts';
import { type TimeContext, formatAge, formatSpokenAge } from './time';

/** Who speaks: of the roles that are known, our own word; any other as the server says it. */
export function formatRole(role: string): string {
  switch (role) {
    case 'assistant':
      return vscode.l10n.t('Assistant');
    case 'user':
      return vscode.l10n.t('User');
    case 'system':
      return vscode.l10n.t('System');
    default:
      return role;
  }
}

/** A type's name: of those that the platform documents, our own; of any other, what the server says, made harmless. */
export function formatType(type: ConversationType): string {
  switch (type) {
    case 'test':
      return vscode.l10n.t('Test');
    case 'widget':
      return vscode.l10n.t('Widget');
    case 'whatsapp':
      return 'WhatsApp';
    case 'api':
      return 'API';
    default:
      return formatUnknownType(type);
  }
}

/** The type as a word within a sentence: "No test conversations yet." */
export function formatTypeInSentence(type: ConversationType): string {
  switch (type) {
    case 'test':
      return vscode.l10n.t('test');
    case 'widget':
      return vscode.l10n.t('widget');
    default:
      return formatType(type);
  }
}

function formatUnknownType(type: string): string {
  const name = toVisibleLine(type).trim();
  if (name === '') return vscode.l10n.t('No Type');
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}

/** A row's description, for scanning downward: "2 h · 7 msgs · $0.0128". @param who stands after the age, where given */
export function conversationDescription(conversation: Conversation, reading: TimeContext, who?: string): string {
  const parts = [
    formatRowAge(conversation, reading),
    who,
    conversation.messageCount === undefined ? undefined : formatMessageCount(conversation.messageCount),
    formatCost(conversation.totalCost),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** How long ago it began, as rows are sorted; as sent where that can't be told, or would be in the future. */
export function formatRowAge(conversation: Conversation, { zone, now }: TimeContext): string {
  const sent = conversation.createdAt;
  const age = findRowAge(sent, zone, now);
  return (age && formatAge(age)) ?? toVisibleLine(sent).trim();
}

/** Whether the row's time seems to lie ahead: a sign that `aiployees.timeZone` is not the server's. */
export function seemsFromFuture(conversation: Conversation, { zone, now }: TimeContext): boolean {
  return findRowAge(conversation.createdAt, zone, now)?.kind === 'future';
}

/** "$0.0045"; undefined if nothing was charged or the cost can't be read. */
export function formatCost(cost: Conversation['totalCost']): string | undefined {
  return cost === undefined || parseCost(cost) === 0 ? undefined : formatDollars(cost);
}

/** The row for a screen reader: what a look at it tells, in words. */
export function formatSpokenRow(conversation: Conversation, { zone, now }: TimeContext): string {
  const sent = conversation.createdAt;
  const age = findRowAge(sent, zone, now);
  const label = findTitle(conversation);
  const cost = formatCost(conversation.totalCost);
  const parts = [
    label.kind === 'id' ? vscode.l10n.t('Conversation {0}', label.text) : label.text,
    conversation.assistantName === undefined ? undefined : toVisibleLine(conversation.assistantName),
    formatType(conversation.type),
    (age && formatSpokenAge(age)) ?? toVisibleLine(sent).trim(),
    conversation.messageCount === undefined ? undefined : formatSpokenMessageCount(conversation.messageCount),
    cost === undefined ? undefined : vscode.l10n.t('cost {0}', cost),
    conversation.aiEnabled === false ? vscode.l10n.t('AI off') : undefined,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function findRowAge(sent: string, zone: string, now: number): Age | undefined {
  const instant = parseInstant(sent, zone);
  return instant === undefined ? undefined : toAge(instant, now);
}
