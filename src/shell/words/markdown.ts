import * as vscode from 'vscode';
import type { MarkdownConversation, MarkdownFact, MarkdownWords } from '../../core/text/copyMarkdown';
import { formatDollars } from '../../core/text/cost';
import type { Transcript } from '../../core/model/transcript';
import { headOf, type Fact } from '../../core/view/details';
import type { ConversationTarget } from '../targets';
import { assistantWords } from './filter';
import { roleWords } from './role';
import { exactTime } from './time';
import { typeWords } from './type';

export function markdownWords(): MarkdownWords {
  return {
    variables: vscode.l10n.t('Variables'),
    transcript: vscode.l10n.t('Transcript'),
    noTurns: vscode.l10n.t('No messages.'),
    arguments: vscode.l10n.t('Arguments'),
    result: vscode.l10n.t('Result'),
    role: roleWords,
    call: (name) => vscode.l10n.t('Called {0}', name),
  };
}

export interface WrittenConversation extends Omit<ConversationTarget, 'origin'> {
  /** Missing where the transcript is not to be written. */
  readonly transcript: Transcript | undefined;
}

/** @param zone the one that zoneless times are read in */
export function inMarkdown({ id, conversation, transcript }: WrittenConversation, zone: string): MarkdownConversation {
  const head = headOf({ id, row: conversation, transcript });
  return {
    title: head.label,
    facts: [
      { name: vscode.l10n.t('ID'), value: head.id, code: true },
      ...(head.type === undefined ? [] : [{ name: vscode.l10n.t('Type'), value: typeWords(head.type) }]),
      ...(head.assistant === undefined
        ? []
        : [{ name: vscode.l10n.t('Assistant'), value: assistantWords(head.assistant.name, head.assistant.id) }]),
      ...head.facts.map((fact) => factWords(fact, zone)),
      ...(transcript === undefined || transcript.rejected === 0 ? [] : [rejectedWords(transcript.rejected)]),
    ],
    variables: head.variables,
    turns: transcript?.turns,
  };
}

/** A partial transcript never looks complete. */
function rejectedWords(count: number): MarkdownFact {
  return { name: vscode.l10n.t('Unreadable'), value: vscode.l10n.t('{0} history entries', count) };
}

function factWords(fact: Fact, zone: string): MarkdownFact {
  switch (fact.key) {
    case 'messages':
      return { name: vscode.l10n.t('Messages'), value: String(fact.count) };
    case 'cost':
      return { name: vscode.l10n.t('Cost'), value: formatDollars(fact.digits) };
    case 'ai':
      return { name: vscode.l10n.t('AI'), value: fact.enabled ? vscode.l10n.t('On') : vscode.l10n.t('Off') };
    case 'created':
      return { name: vscode.l10n.t('Created'), value: exactTime(fact.sent, zone) };
    case 'updated':
      return { name: vscode.l10n.t('Updated'), value: exactTime(fact.sent, zone) };
    case 'customer':
      return { name: vscode.l10n.t('Customer'), value: partyWords(fact.party) };
    case 'sender':
      return { name: vscode.l10n.t('WhatsApp sender'), value: partyWords(fact.party) };
    case 'externalIdentifier':
      return { name: vscode.l10n.t('External ID'), value: fact.text };
  }
}

function partyWords({
  name,
  phone,
}: {
  readonly name: string | undefined;
  readonly phone: string | undefined;
}): string {
  return [name, phone].filter((part) => part !== undefined).join(' · ');
}
