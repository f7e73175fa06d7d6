import { l10n } from 'vscode';
import { conversationMarkdown } from '../../core/text/copyMarkdown';
import { stringify } from '../../core/util/exactJson';
import type { ReadConversation } from '../targets';
import { inMarkdown, markdownWords } from '../format/markdown';
import { rawDocument } from './record';

interface Format {
  /** VS Code tells the language by it. */
  readonly extension: string;
  /** @param zone the one that zoneless times are read in */
  text(conversation: ReadConversation, zone: string): string;
  /** Said in the document's own format, so that the editor has nothing to complain of. */
  gone(): string;
}

export const documentFormats = {
  json: {
    extension: '.json',
    text: ({ conversation, transcript }) => rawDocument(conversation, transcript),
    gone: () => {
      const note = l10n.t('This document was lost when the window was reloaded. Open the conversation as JSON again.');
      return `${stringify({ note }, 2)}\n`;
    },
  },
  markdown: {
    extension: '.md',
    text: (conversation, zone) => `${conversationMarkdown(inMarkdown(conversation, zone), markdownWords())}\n`,
    gone: () =>
      `${l10n.t('This document was lost when the window was reloaded. Open the conversation as Markdown again.')}\n`,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type DocumentFormat = keyof typeof documentFormats;
