import { escapeInline } from '../text/escapeMarkdown';
import type { Verdict } from '../testing/result';
import {
  type FileReport,
  type RunReport,
  type TestReport,
  countVerdicts,
  findPlace,
  formatRate,
  listFailures,
} from './report';

/** GitHub shows this many annotations for a step. */
export const maxAnnotations = 10;
/** GitHub's limit for a step summary is a bit more. UTF-8. */
const maxSummaryBytes = 1_000_000;

export interface GithubAnnotation {
  readonly path: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly title: string;
  readonly message: string;
}

/** Returns annotations of failed and errored tests, 10 at most. */
export function listAnnotations(files: readonly FileReport[]): readonly GithubAnnotation[] {
  return files.flatMap((file) => file.tests.flatMap((each) => annotate(file, each))).slice(0, maxAnnotations);
}

function annotate({ path, text }: FileReport, { test, result }: TestReport): readonly GithubAnnotation[] {
  return listFailures(result).map(({ range, message }) => {
    const { line, column } = findPlace(text, range.start);
    const rate = formatRate(result);
    return {
      path,
      line,
      column,
      title: test.description,
      message: rate === undefined ? message : `${message} ${rate}`,
    };
  });
}

/** Formats a workflow command of GitHub Actions. */
export function formatAnnotation({ path, line, column, title, message }: GithubAnnotation): string {
  const properties = `file=${escapeProperty(path)},line=${line},col=${column},title=${escapeProperty(title)}`;
  return `::error ${properties}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const stateLabels: Readonly<Record<Verdict, string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  errored: '⚠️ not judged',
  skipped: '⏭️ skipped',
};

/** Formats results as Markdown for the step summary. All text from others is escaped. */
export function formatSummary({ files }: RunReport): string {
  const all = files.flatMap((file) => file.tests.map((each) => ({ file, each })));
  const { passed, failed, errored, skipped } = countVerdicts(all.map(({ each }) => each));
  const heading = `## Conversation tests: ${passed} passed, ${failed} failed, ${errored} not judged, ${skipped} skipped\n\n`;
  const table = '| State | Test | File | Details |\n| --- | --- | --- | --- |\n';
  const order: readonly Verdict[] = ['failed', 'errored', 'skipped', 'passed'];
  const rows = order
    .flatMap((verdict) => all.filter(({ each }) => each.result.verdict === verdict))
    .map(({ file, each }) => formatRow(file, each));
  return heading + table + fitRows(rows, maxSummaryBytes - Buffer.byteLength(heading + table) - 100);
}

function formatRow({ path, text }: FileReport, { test, result }: TestReport): string {
  const { line } = findPlace(text, test.range.start);
  const details = [...listFailures(result).map(({ message }) => message), result.skipped, formatRate(result)];
  const cells = [
    stateLabels[result.verdict],
    escapeInline(test.description),
    escapeInline(`${path}:${line}`),
    details
      .filter((detail) => detail !== undefined && detail !== '')
      .map((detail) => escapeInline(detail ?? ''))
      .join('<br>'),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function fitRows(rows: readonly string[], maxBytes: number): string {
  let bytes = 0;
  const fitting = rows.findIndex((row) => (bytes += Buffer.byteLength(row)) > maxBytes);
  if (fitting === -1) return rows.join('');
  return `${rows.slice(0, fitting).join('')}\n${rows.length - fitting} more tests don't fit here.\n`;
}
