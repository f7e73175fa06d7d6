import { l10n, MarkdownString } from 'vscode';
import type { Annotation } from '../../core/model/annotation';
import type { Conversation, Party } from '../../core/model/conversation';
import { formatDollars } from '../../core/text/cost';
import { visible } from '../../core/text/label';
import { entriesOf, stringify } from '../../core/util/exactJson';
import { exactTime } from '../words/time';
import { verdictWords } from '../words/labels';
import { typeWords } from '../words/type';

const longestValue = 200;

/** Everything that a row knows, and what the reader wrote down about it. */
export function tooltipOf(
  conversation: Conversation,
  zone: string,
  annotation: Annotation | undefined,
): MarkdownString {
  const markdown = new MarkdownString();
  const add = (name: string, value: string | undefined): void => {
    const text = visible(value ?? '').trim();
    if (text === '') return;
    const shown = text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
    markdown.appendMarkdown(`**${asText(name)}:** ${asText(shown)}  \n`);
  };
  const cost = conversation.totalCost;
  add(l10n.t('Label'), annotation?.label && verdictWords(annotation.label));
  add(l10n.t('Note'), annotation?.note);
  add(l10n.t('ID'), conversation.id);
  add(l10n.t('Assistant'), conversation.assistantName ?? l10n.t('deleted, {0}', conversation.assistantId));
  add(l10n.t('Type'), typeWords(conversation.type));
  add(l10n.t('Customer'), partyText(conversation.customer));
  add(l10n.t('WhatsApp sender'), partyText(conversation.whatsappSender));
  add(l10n.t('External ID'), conversation.externalIdentifier);
  add(l10n.t('Created'), exactTime(conversation.createdAt, zone));
  add(l10n.t('Updated'), exactTime(conversation.updatedAt, zone));
  add(l10n.t('Messages'), conversation.messageCount?.toString());
  add(l10n.t('Cost'), cost === undefined ? undefined : formatDollars(cost));
  if (conversation.aiEnabled !== undefined) add(l10n.t('AI'), conversation.aiEnabled ? l10n.t('on') : l10n.t('off'));
  for (const [name, value] of entriesOf(conversation.variables ?? {})) {
    add(visible(name), typeof value === 'string' ? value : stringify(value));
  }
  return markdown;
}

/**
 * Markdown that shows the text and nothing else: a stranger may have written it. `appendText` is not enough, it leaves
 * addresses to become links, with a backslash inside.
 */
function asText(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

function partyText(party: Party | undefined): string | undefined {
  return party && [party.name, party.phone].filter((part) => part !== undefined).join(' ');
}
