import { toKnownFields, toRecord } from '../api/decodeConversation';
import { unknownConversation } from '../model/conversation';
import type { JsonValue } from '../model/json';
import type { Transcript, Turn } from '../model/transcript';
import { escapeFormula, isReinterpreted } from '../text/spreadsheet';
import { ExactNumber, stringify } from '../util/exactJson';
import type { ExportedConversation, ExportSummary, Serializer } from './format';

/** Without it, spreadsheets don't decode the file as UTF-8. */
const byteOrderMark = '\ufeff';

const parties: readonly string[] = ['customer', 'whatsapp_sender'];
const rowColumns: readonly string[] = Object.keys(toKnownFields(unknownConversation)).flatMap((name) =>
  parties.includes(name) ? [`${name}_name`, `${name}_phone`] : [name],
);
const transcriptColumns = ['transcript', 'transcript_missed'] as const;

/**
 * A table (RFC 4180): a header, a row per conversation, and a last row that starts with `#` and describes what the file
 * covers and lacks. It has as many cells as the others, and parsers that support comments skip it.
 * @param formatSummary formats the last row
 * @param formatCutMark formats the end of a cut cell, by the number of missing UTF-16 units
 */
export function createCsvSerializer(
  formatSummary: (summary: ExportSummary) => string,
  formatCutMark: (missing: number) => string,
): Serializer {
  const record = (texts: readonly string[]): string =>
    `${texts.map((text) => quote(truncate(text, formatCutMark))).join(',')}\r\n`;
  let columns = rowColumns;
  return {
    begin: ({ transcripts }) => {
      if (transcripts) columns = [...rowColumns, ...transcriptColumns];
      return `${byteOrderMark}${record(columns)}`;
    },
    add: (conversation) => {
      const cells = toCells(conversation);
      return record(columns.map((name) => formatCell(name, cells[name])));
    },
    end: (summary) =>
      record(columns.map((_, index) => (index === 0 ? escapeFormula(`# ${formatSummary(summary)}`) : ''))),
  };
}

function toCells({
  id,
  conversation,
  transcript,
  missed,
}: ExportedConversation): Readonly<Record<string, JsonValue | undefined>> {
  const row = conversation;
  return {
    ...(row === undefined ? { id } : toRecord(row)),
    customer_name: row?.customer?.name,
    customer_phone: row?.customer?.phone,
    whatsapp_sender_name: row?.whatsappSender?.name,
    whatsapp_sender_phone: row?.whatsappSender?.phone,
    transcript: transcript && formatTranscript(transcript),
    transcript_missed: missed,
  };
}

/** A readable summary. JSON has the transcript as sent. */
function formatTranscript({ turns }: Transcript): string {
  return turns.map(formatTurn).join('\n');
}

function formatTurn({ role, content, functionCalls }: Turn): string {
  const calls = functionCalls.map(
    ({ name, arguments: given, result }) =>
      `${name}(${given === undefined ? '' : toPlainText(given)})${result === undefined ? '' : ` → ${toPlainText(result)}`}`,
  );
  return [`${role}: ${content}`, ...calls].join('\n');
}

/** Numbers and times are unescaped, so that spreadsheets can parse them. */
const readColumns = new Set(['message_count', 'total_cost', 'ai_enabled', 'created_at', 'updated_at']);

function formatCell(name: string, value: JsonValue | undefined): string {
  if (typeof value === 'number' || value instanceof ExactNumber) return String(value);
  const text = toPlainText(value ?? '');
  return escapeFormula(text, typeof value === 'string' && !readColumns.has(name) && isReinterpreted(text));
}

/** The limit of spreadsheets, in UTF-16 units per cell; they cut longer text silently. */
const maxCellChars = 32_767;

function truncate(text: string, formatCutMark: (missing: number) => string): string {
  if (text.length <= maxCellChars) return text;
  // The note for the whole text is the longest, because its number is the highest.
  const end = maxCellChars - formatCutMark(text.length).length;
  const isWithinPair = /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
  const length = isWithinPair ? end - 1 : end;
  return text.slice(0, length) + formatCutMark(text.length - length);
}

function quote(text: string): string {
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toPlainText(value: JsonValue): string {
  return typeof value === 'string' ? value : stringify(value);
}
