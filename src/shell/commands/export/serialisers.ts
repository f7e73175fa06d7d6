import { l10n } from 'vscode';
import { csvSerialiser } from '../../../core/export/csv';
import type { ExportAbout, ExportFormat, Serialiser } from '../../../core/export/format';
import { jsonLinesSerialiser, jsonSerialiser } from '../../../core/export/json';
import { markdownSerialiser } from '../../../core/export/markdown';
import { conversationMarkdown } from '../../../core/text/copyMarkdown';
import { escapeInline } from '../../../core/text/escapeMarkdown';
import { aboutWords, cutWords, exportSummaryLines } from '../../words/exporting';
import { inMarkdown, markdownWords } from '../../words/markdown';

/** @param zone the one that zoneless times are read in */
export function serialiserFor(format: ExportFormat, about: ExportAbout, zone: string): Serialiser {
  switch (format) {
    case 'json':
      return jsonSerialiser();
    case 'jsonl':
      return jsonLinesSerialiser();
    case 'csv':
      return csvSerialiser((summary) => [...aboutWords(about), ...exportSummaryLines(summary)].join(' · '), cutWords);
    case 'markdown': {
      const words = markdownWords();
      return markdownSerialiser({
        title: () => l10n.t('Exported Conversations'),
        about: aboutWords,
        conversation: (each) => {
          const text = conversationMarkdown(inMarkdown(each, zone), words);
          return each.missed === undefined
            ? text
            : `${text}\n\n${escapeInline(l10n.t("Couldn't load the transcript: {0}", each.missed))}`;
        },
        summaryTitle: () => l10n.t('Export Summary'),
        summary: exportSummaryLines,
      });
    }
  }
}
