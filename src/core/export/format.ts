import type { Conversation } from '../model/conversation';
import type { Transcript } from '../model/transcript';

/** The formats of an export, in the order in which they are offered. */
export const exportFormats = ['json', 'jsonl', 'csv', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** One conversation as it is written: masked already, where that was asked for. */
export interface ExportedConversation {
  readonly id: string;
  /** Missing where the conversation was opened by its id alone. */
  readonly conversation: Conversation | undefined;
  /** Missing where no transcript was asked for, or it could not be read. */
  readonly transcript: Transcript | undefined;
  /** Why the transcript could not be read. */
  readonly missed: string | undefined;
}

/** What stands at the beginning: what was asked for. */
export interface ExportAbout {
  /** ISO 8601. */
  readonly exportedAt: string;
  /** Host that the conversations come from. */
  readonly source: string;
  readonly covers: 'selection' | 'filter';
  /** In words; empty where nothing is filtered. */
  readonly filter: string;
  readonly transcripts: boolean;
  readonly masked: readonly Masked[];
}

export type Masked = 'phones' | 'ids';

/** What stands at the end, when it is known. */
export interface ExportSummary {
  readonly conversations: number;
  /** Nothing was missed, as far as can be told. */
  readonly complete: boolean;
  /** All that was missed, in sentences. */
  readonly missed: readonly string[];
}

/** Writes one file of a format: the beginning, each conversation, the end. */
export interface Serialiser {
  begin(about: ExportAbout): string;
  add(conversation: ExportedConversation): string;
  end(summary: ExportSummary): string;
}

export const extensionOf: Readonly<Record<ExportFormat, string>> = {
  json: 'json',
  jsonl: 'jsonl',
  csv: 'csv',
  markdown: 'md',
};

/** `conversations-2026-11-25.json`: nothing of it comes from a server, so it can't lead out of the folder. @param day `YYYY-MM-DD` */
export function exportFileName(day: string, format: ExportFormat): string {
  return `conversations-${day.replace(/[^\d-]/g, '')}.${extensionOf[format]}`;
}
