import * as vscode from 'vscode';
import type { Conversation, ConversationType } from '../../core/model/conversation';
import { parseCost, formatDollars, formatShortDollars } from '../../core/text/cost';
import { findTitle, toVisibleLine } from '../../core/text/title';
import type { CallSummary } from '../../core/view/callSummary';
import { type Age, toAge, parseInstant } from '../../core/text/time';
import { formatFailedCalls, formatSpokenMessageCount } from './counts';
import { type TimeContext, formatAge, formatShortAge, formatSpokenAge } from './time';

/** Translates known roles; other roles are shown as sent. */
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

/** Translates documented types; other types are shown as sent, made safe and short. */
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

/** The type within a sentence, as in "No test conversations yet." */
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

/** "2h · 7 · 1.3¢": age, messages, and cost. @param who shown after the age */
export function conversationDescription(conversation: Conversation, reading: TimeContext, who?: string): string {
  const { messageCount, totalCost } = conversation;
  const parts = [
    formatShortRowAge(conversation, reading),
    who,
    messageCount?.toString(),
    totalCost === undefined || parseCost(totalCost) === 0 ? undefined : formatShortDollars(totalCost),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Returns the time as sent if it can't be parsed or is in the future. */
export function formatRowAge(conversation: Conversation, { zone, now }: TimeContext): string {
  const sent = conversation.createdAt;
  const age = findRowAge(sent, zone, now);
  return (age && formatAge(age)) ?? toVisibleLine(sent).trim();
}

/** Short for a row, else like `formatRowAge`. */
export function formatShortRowAge(conversation: Conversation, { zone, now }: TimeContext): string {
  const sent = conversation.createdAt;
  const age = findRowAge(sent, zone, now);
  return (age && formatShortAge(age)) ?? toVisibleLine(sent).trim();
}

/** "2 hours ago", or as `formatRowAge`. */
export function formatSpokenRowAge(conversation: Conversation, { zone, now }: TimeContext): string {
  const sent = conversation.createdAt;
  const age = findRowAge(sent, zone, now);
  return (age && formatSpokenAge(age)) ?? toVisibleLine(sent).trim();
}

/** True for a time in the future: a sign that `aiployees.timeZone` is wrong. */
export function seemsFromFuture(conversation: Conversation, { zone, now }: TimeContext): boolean {
  return findRowAge(conversation.createdAt, zone, now)?.kind === 'future';
}

/** "$0.0045"; undefined if nothing was charged or the cost can't be read. */
export function formatCost(cost: Conversation['totalCost']): string | undefined {
  return cost === undefined || parseCost(cost) === 0 ? undefined : formatDollars(cost);
}

/** Formats a row for screen readers. @param calls of its transcript, if it was loaded */
export function formatSpokenRow(conversation: Conversation, reading: TimeContext, calls?: CallSummary): string {
  const label = findTitle(conversation, calls?.opening);
  const cost = formatCost(conversation.totalCost);
  const parts = [
    label.kind === 'id' ? vscode.l10n.t('Conversation {0}', label.text) : label.text,
    conversation.assistantName === undefined ? undefined : toVisibleLine(conversation.assistantName),
    formatType(conversation.type),
    formatSpokenRowAge(conversation, reading),
    conversation.messageCount === undefined ? undefined : formatSpokenMessageCount(conversation.messageCount),
    cost === undefined ? undefined : vscode.l10n.t('cost {0}', cost),
    conversation.aiEnabled === false ? vscode.l10n.t('AI off') : undefined,
    calls === undefined || calls.failed === 0 ? undefined : formatFailedCalls(calls.failed),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function findRowAge(sent: string, zone: string, now: number): Age | undefined {
  const instant = parseInstant(sent, zone);
  return instant === undefined ? undefined : toAge(instant, now);
}
