import { l10n, MarkdownString } from 'vscode';
import type { Annotation } from '../../core/model/annotation';
import type { Conversation } from '../../core/model/conversation';
import { visible } from '../../core/text/label';
import { factsOf } from '../../core/view/facts';
import { entriesOf, stringify } from '../../core/util/exactJson';
import { formatFact } from '../words/facts';
import { verdictWords } from '../words/labels';

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
  add(l10n.t('Label'), annotation?.label && verdictWords(annotation.label));
  add(l10n.t('Note'), annotation?.note);
  for (const fact of factsOf({ id: conversation.id, row: conversation, transcript: undefined })) {
    const { label, text, exact } = formatFact(fact, zone);
    add(label, exact ?? text);
  }
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
