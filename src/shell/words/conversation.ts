import * as vscode from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { costAmount, formatDollars } from '../../core/text/cost';
import { labelOf, visible } from '../../core/text/label';
import { ageOf, instantOf, type Age } from '../../core/text/time';
import { ageWords, spokenAge, type TimeContext } from './time';
import { messageCount, spokenMessageCount } from './counts';
import { typeWords } from './type';

/** A row's description, for scanning downward: "2 h · 7 msgs · $0.0128". @param who stands after the age, where given */
export function conversationDescription(conversation: Conversation, reading: TimeContext, who?: string): string {
  const parts = [
    rowAge(conversation, reading),
    who,
    conversation.messageCount === undefined ? undefined : messageCount(conversation.messageCount),
    costWords(conversation.totalCost),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** How long ago it began, as rows are sorted; as sent where that can't be told, or would be in the future. */
export function rowAge(conversation: Conversation, { zone, now }: TimeContext): string {
  const sent = conversation.createdAt;
  const age = ageOfRow(sent, zone, now);
  return (age && ageWords(age)) ?? visible(sent).trim();
}

/** Whether the row's time seems to lie ahead: a sign that `aiployees.timeZone` is not the server's. */
export function seemsFromFuture(conversation: Conversation, { zone, now }: TimeContext): boolean {
  return ageOfRow(conversation.createdAt, zone, now)?.kind === 'future';
}

/** "$0.0045"; undefined if nothing was charged or the cost can't be read. */
export function costWords(cost: Conversation['totalCost']): string | undefined {
  return cost === undefined || costAmount(cost) === 0 ? undefined : formatDollars(cost);
}

/** The row for a screen reader: what a look at it tells, in words. */
export function conversationSpoken(conversation: Conversation, { zone, now }: TimeContext): string {
  const sent = conversation.createdAt;
  const age = ageOfRow(sent, zone, now);
  const label = labelOf(conversation);
  const cost = costWords(conversation.totalCost);
  const parts = [
    label.kind === 'id' ? vscode.l10n.t('Conversation {0}', label.text) : label.text,
    conversation.assistantName === undefined ? undefined : visible(conversation.assistantName),
    typeWords(conversation.type),
    (age && spokenAge(age)) ?? visible(sent).trim(),
    conversation.messageCount === undefined ? undefined : spokenMessageCount(conversation.messageCount),
    cost === undefined ? undefined : vscode.l10n.t('cost {0}', cost),
    conversation.aiEnabled === false ? vscode.l10n.t('AI off') : undefined,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function ageOfRow(sent: string, zone: string, now: number): Age | undefined {
  const instant = instantOf(sent, zone);
  return instant === undefined ? undefined : ageOf(instant, now);
}
