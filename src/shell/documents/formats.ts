import { l10n } from 'vscode';
import { formatConversationMarkdown } from '../../core/text/copyMarkdown';
import { stringify } from '../../core/util/exactJson';
import type { ReadConversation } from '../targets';
import { toMarkdownConversation, createMarkdownLabels } from '../format/markdown';
import { formatRawDocument } from './record';

interface Format {
  /** Determines the document's language. */
  readonly extension: string;
  /** @param zone time zone of the server's timestamps */
  formatText(conversation: ReadConversation, zone: string): string;
  /** Valid in the document's format, to avoid errors in the editor. */
  formatLostNote(): string;
}

export const documentFormats = {
  json: {
    extension: '.json',
    formatText: ({ conversation, transcript }) => formatRawDocument(conversation, transcript),
    formatLostNote: () => {
      const note = l10n.t('This document was lost when the window was reloaded. Open the conversation as JSON again.');
      return `${stringify({ note }, 2)}\n`;
    },
  },
  markdown: {
    extension: '.md',
    formatText: (conversation, zone) =>
      `${formatConversationMarkdown(toMarkdownConversation(conversation, zone), createMarkdownLabels())}\n`,
    formatLostNote: () =>
      `${l10n.t('This document was lost when the window was reloaded. Open the conversation as Markdown again.')}\n`,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type DocumentFormat = keyof typeof documentFormats;
