import { toRecord } from '../api/decodeConversation';
import type { JsonObject } from '../model/json';
import { stringify } from '../util/exactJson';
import type { ExportAbout, ExportedConversation, ExportSummary, Serialiser } from './format';

/** One object: `about`, `conversations`, `summary`. */
export function jsonSerialiser(): Serialiser {
  let count = 0;
  return {
    begin: (about) => `{\n"about": ${indented(aboutRecord(about))},\n"conversations": [`,
    add: (conversation) => {
      count += 1;
      return `${count === 1 ? '' : ','}\n${indented(recordOf(conversation))}`;
    },
    end: (summary) => `\n],\n"summary": ${indented(summaryRecord(summary))}\n}\n`,
  };
}

/** One object per line: `{"about":…}` first, `{"summary":…}` last. */
export function jsonLinesSerialiser(): Serialiser {
  return {
    begin: (about) => line({ about: aboutRecord(about) }),
    add: (conversation) => line(recordOf(conversation)),
    end: (summary) => line({ summary: summaryRecord(summary) }),
  };
}

/** The row with the API's names and the transcript as sent, like Copy as JSON. */
function recordOf({ id, conversation, transcript, missed }: ExportedConversation): JsonObject {
  return {
    conversation: conversation === undefined ? { id } : toRecord(conversation),
    ...(transcript === undefined ? {} : { transcript: transcript.raw }),
    ...(missed === undefined ? {} : { transcript_missed: missed }),
  };
}

function aboutRecord({ exportedAt, source, covers, filter, transcripts, masked }: ExportAbout): JsonObject {
  return { exported_at: exportedAt, source, covers, filter: filter === '' ? null : filter, transcripts, masked };
}

function summaryRecord({ conversations, complete, missed }: ExportSummary): JsonObject {
  return { conversations, complete, missed };
}

function indented(value: JsonObject): string {
  return stringify(value, 2);
}

/** JSON doesn't escape two characters that some parsers treat as line breaks. */
function line(value: JsonObject): string {
  return `${stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}
