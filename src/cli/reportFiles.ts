import { appendFileSync, closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { formatAnnotation, formatSummary, listAnnotations } from '../core/report/github';
import { formatJson } from '../core/report/json';
import { formatJunit } from '../core/report/junit';
import type { RunReport } from '../core/report/report';
import { toTerminalText } from '../core/report/terminalText';
import type { CliOptions } from './options';
import { CliRefusal } from './cliRefusal';

type ReportOptions = Pick<CliOptions, 'junit' | 'json' | 'github'>;

/** Checks before anything is sent whether reports can be written. @throws CliRefusal */
export function checkReportFiles({ junit, json }: ReportOptions): void {
  for (const file of [junit, json]) {
    if (file === undefined) continue;
    try {
      mkdirSync(dirname(file), { recursive: true });
      closeSync(openSync(file, 'a'));
    } catch (error) {
      throw new CliRefusal(`Couldn't write ${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** @param print prints a line to the standard output, where GitHub Actions reads annotations */
export function writeReports(
  report: RunReport,
  { junit, json, github }: ReportOptions,
  summaryFile: string | undefined,
  print: (line: string) => void,
): void {
  if (junit !== undefined) writeFileSync(junit, formatJunit(report));
  if (json !== undefined) writeFileSync(json, formatJson(report));
  if (!github) return;
  for (const annotation of listAnnotations(report.files)) {
    const { title, message } = annotation;
    print(formatAnnotation({ ...annotation, title: toTerminalText(title), message: toTerminalText(message) }));
  }
  if (summaryFile !== undefined && summaryFile !== '') appendFileSync(summaryFile, formatSummary(report));
}
