import type { ExportFormat } from './format';

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
