import { toRecord } from '../api/decodeConversation';
import type { JsonObject } from '../model/json';
import { stringify } from '../util/exactJson';
import type { ExportAbout, ExportedConversation, ExportSummary, Serializer } from './format';

/** One object: `about`, `conversations`, `summary`. */
export function createJsonSerializer(): Serializer {
  let count = 0;
  return {
    begin: (about) => `{\n"about": ${formatIndented(toAboutRecord(about))},\n"conversations": [`,
    add: (conversation) => {
      count += 1;
      return `${count === 1 ? '' : ','}\n${formatIndented(toExportRecord(conversation))}`;
    },
    end: (summary) => `\n],\n"summary": ${formatIndented(toSummaryRecord(summary))}\n}\n`,
  };
}

/** One object per line: `{"about":…}` first, `{"summary":…}` last. */
export function createJsonLinesSerializer(): Serializer {
  return {
    begin: (about) => formatLine({ about: toAboutRecord(about) }),
    add: (conversation) => formatLine(toExportRecord(conversation)),
    end: (summary) => formatLine({ summary: toSummaryRecord(summary) }),
  };
}

/** The row with the API's names and the transcript as sent, like Copy as JSON. */
function toExportRecord({ id, conversation, transcript, missed }: ExportedConversation): JsonObject {
  return {
    conversation: conversation === undefined ? { id } : toRecord(conversation),
    ...(transcript === undefined ? {} : { transcript: transcript.raw }),
    ...(missed === undefined ? {} : { transcript_missed: missed }),
  };
}

function toAboutRecord({ exportedAt, source, covers, filter, transcripts, masked }: ExportAbout): JsonObject {
  return { exported_at: exportedAt, source, covers, filter: filter === '' ? null : filter, transcripts, masked };
}

function toSummaryRecord({ conversations, complete, missed }: ExportSummary): JsonObject {
  return { conversations, complete, missed };
}

function formatIndented(value: JsonObject): string {
  return stringify(value, 2);
}

/** JSON doesn't escape two characters that some parsers treat as line breaks. */
function formatLine(value: JsonObject): string {
  return `${stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}
