import type { Conversation } from '../model/conversation';
import type { Transcript } from '../model/transcript';

/** Export formats in menu order. */
export const exportFormats = ['json', 'jsonl', 'csv', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** One conversation to write; already masked if requested. */
export interface ExportedConversation {
  readonly id: string;
  /** Undefined if the conversation was opened by its ID. */
  readonly conversation: Conversation | undefined;
  /** Undefined if transcripts aren't included or it couldn't be loaded. */
  readonly transcript: Transcript | undefined;
  /** Why the transcript couldn't be loaded. */
  readonly missed: string | undefined;
}

/** The start of a file: the export's scope. */
export interface ExportAbout {
  /** ISO 8601. */
  readonly exportedAt: string;
  /** Host of the server. */
  readonly source: string;
  readonly covers: 'selection' | 'filter';
  /** A description; empty without a filter. */
  readonly filter: string;
  readonly transcripts: boolean;
  readonly masked: readonly Masked[];
}

export type Masked = 'phones' | 'ids';

/** The end of a file. */
export interface ExportSummary {
  readonly conversations: number;
  /** Whether nothing is known to be missing. */
  readonly complete: boolean;
  /** Sentences about missing data. */
  readonly missed: readonly string[];
}

/** Writes a file: the start, each conversation, the end. */
export interface Serializer {
  begin(about: ExportAbout): string;
  add(conversation: ExportedConversation): string;
  end(summary: ExportSummary): string;
}

export const fileExtensions: Readonly<Record<ExportFormat, string>> = {
  json: 'json',
  jsonl: 'jsonl',
  csv: 'csv',
  markdown: 'md',
};

/** `conversations-2026-11-25.json`; has no server data, so it can't lead out of the folder. @param day `YYYY-MM-DD` */
export function createExportFileName(day: string, format: ExportFormat): string {
  return `conversations-${day.replace(/[^\d-]/g, '')}.${fileExtensions[format]}`;
}
