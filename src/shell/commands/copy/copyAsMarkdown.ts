import * as vscode from 'vscode';
import { conversationMarkdown } from '../../../core/text/copyMarkdown';
import { inMarkdown, markdownWords } from '../../words/markdown';
import { copyTranscripts } from './copyTranscripts';
import type { CopyTranscriptDeps } from './deps';

export interface CopyMarkdownDeps extends CopyTranscriptDeps {
  /** The zone that zoneless times are read in. */
  zone(): string;
}

/** `Copy as Markdown`: facts, variables, transcript; several one after another. */
export function createCopyAsMarkdown(deps: CopyMarkdownDeps): (...args: unknown[]) => Promise<void> {
  return (...args) =>
    copyTranscripts(deps, args, {
      text: (conversations) => {
        const words = markdownWords();
        const texts = conversations.map((each) => conversationMarkdown(inMarkdown(each, deps.zone()), words));
        return `${texts.join('\n\n')}\n`;
      },
      said: (count) =>
        count === 1
          ? vscode.l10n.t('Copied 1 conversation as Markdown')
          : vscode.l10n.t('Copied {0} conversations as Markdown', count),
    });
}
