import * as vscode from 'vscode';
import type { Transcript } from '../../core/model/transcript';
import type { MarkdownConversation, MarkdownFact, MarkdownLabels } from '../../core/text/copyMarkdown';
import { createHead } from '../../core/view/details';
import type { ConversationTarget } from '../targets';
import { formatRole } from './conversation';
import { type FormattedFact, formatFact } from './facts';
import { plural } from './plural';

export function createMarkdownLabels(): MarkdownLabels {
  return {
    variables: vscode.l10n.t('Variables'),
    transcript: vscode.l10n.t('Transcript'),
    noTurns: vscode.l10n.t('No messages.'),
    arguments: vscode.l10n.t('Arguments'),
    result: vscode.l10n.t('Result'),
    role: formatRole,
    call: (name) => vscode.l10n.t('Called {0}', name),
  };
}

export interface WrittenConversation extends Omit<ConversationTarget, 'origin'> {
  /** Undefined to leave the transcript out. */
  readonly transcript: Transcript | undefined;
}

/** @param zone of times without a time zone */
export function toMarkdownConversation(
  { id, conversation, transcript }: WrittenConversation,
  zone: string,
): MarkdownConversation {
  const head = createHead({ id, row: conversation, transcript });
  return {
    title: head.label,
    facts: [
      ...head.facts.map((fact) => toMarkdownFact(formatFact(fact, zone))),
      ...(transcript === undefined || transcript.rejected === 0 ? [] : [createRejectedFact(transcript.rejected)]),
    ],
    variables: head.variables,
    turns: transcript?.turns,
  };
}

/** A partial transcript never looks complete. */
function createRejectedFact(count: number): MarkdownFact {
  return { name: vscode.l10n.t('Unreadable'), value: plural(count, '1 history entry', '{0} history entries') };
}

function toMarkdownFact({ key, label, text, exact }: FormattedFact): MarkdownFact {
  return { name: label, value: exact ?? text, code: key === 'id' };
}
