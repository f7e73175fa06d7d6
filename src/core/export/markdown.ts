import { escapeInline } from '../text/escapeMarkdown';
import type { ExportAbout, ExportedConversation, ExportSummary, Serializer } from './format';

export interface MarkdownExport {
  title(): string;
  /** Lines, as plain text. */
  about(about: ExportAbout): readonly string[];
  /** As Markdown. */
  conversation(conversation: ExportedConversation): string;
  summaryTitle(): string;
  summary(summary: ExportSummary): readonly string[];
}

/** A document with the export's scope, the conversations, and missing data, in the user's language. */
export function createMarkdownSerializer(content: MarkdownExport): Serializer {
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${escapeInline(line)}`).join('\n');
  return {
    begin: (about) => `# ${escapeInline(content.title())}\n\n${list(content.about(about))}\n`,
    add: (conversation) => `\n${content.conversation(conversation)}\n`,
    end: (summary) => `\n# ${escapeInline(content.summaryTitle())}\n\n${list(content.summary(summary))}\n`,
  };
}
