import type { ExpectedMessages } from '../core/testing/countRunMessages';
import type { TestResult, Verdict } from '../core/testing/result';
import type { TestCase } from '../core/testing/suite';
import { type FileReport, countVerdicts, findPlace, formatRate } from '../core/report/report';
import { indentLines, toTerminalLine } from '../core/report/terminalText';
import { formatTranscript } from '../core/report/transcriptText';
import type { FileProblem, TestFile } from './testFiles';

const codes = { green: 32, red: 31, yellow: 33, gray: 90 } as const;
const marks: Readonly<Record<Verdict, readonly [mark: string, color: keyof typeof codes]>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  errored: ['!', 'yellow'],
  skipped: ['-', 'gray'],
};

/** Prints for people. Untrusted text is made safe for terminals. */
export class Printer {
  constructor(
    private readonly write: (text: string) => void,
    private readonly hasColors: boolean,
  ) {}

  line(text: string): void {
    this.write(`${text}\n`);
  }

  problem({ path, line, column, isError, message }: FileProblem): void {
    const kind = isError ? this.color('error', 'red') : this.color('warning', 'yellow');
    this.line(`${toTerminalLine(path)}:${line}:${column}: ${kind}: ${toTerminalLine(message)}`);
  }

  plan(files: readonly TestFile[], { tests, messages, conversations }: ExpectedMessages): void {
    this.line(
      `${count(tests, 'test', 'tests')} in ${count(files.length, 'file', 'files')}: ` +
        `${span(messages, 'message', 'messages')} in ${span(conversations, 'test conversation', 'test conversations')}`,
    );
  }

  listTest({ path }: TestFile, { description, skip }: TestCase): void {
    this.line(`  ${toTerminalLine(path)} › ${toTerminalLine(description)}${skip === undefined ? '' : ' (skipped)'}`);
  }

  result(file: TestFile, test: TestCase, result: TestResult, isVerbose: boolean): void {
    const [mark, color] = marks[result.verdict];
    const facts = [
      result.runs.length === 0
        ? undefined
        : `${(result.runs.reduce((sum, { ms }) => sum + ms, 0) / 1000).toFixed(1)} s`,
      formatRate(result),
      result.skipped,
    ].filter((fact) => fact !== undefined && fact !== '');
    const suffix =
      facts.length === 0 ? '' : this.color(` (${facts.map((fact) => toTerminalLine(fact ?? '')).join(', ')})`, 'gray');
    this.line(`${this.color(mark, color)} ${toTerminalLine(file.path)} › ${toTerminalLine(test.description)}${suffix}`);
    for (const [index, run] of result.runs.entries()) {
      const prefix = result.runs.length > 1 ? `Run ${index + 1}: ` : '';
      for (const { message, range } of run.failures) {
        const { line, column } = findPlace(file.text, range.start);
        this.line(`    ${prefix}${toTerminalLine(message)}`);
        this.line(this.color(`      at ${toTerminalLine(file.path)}:${line}:${column}`, 'gray'));
      }
      if (isVerbose && run.turns.length > 0) this.line(`    | ${indentLines(formatTranscript(run), '    | ')}`);
    }
  }

  summary(files: readonly FileReport[], ms: number): void {
    const tests = files.flatMap((file) => file.tests);
    const { passed, failed, errored, skipped } = countVerdicts(tests);
    const runs = tests.flatMap(({ result }) => result.runs);
    const messages = runs.reduce((sum, run) => sum + run.messages, 0);
    const parts = [
      `${passed} passed`,
      ...(failed === 0 ? [] : [this.color(`${failed} failed`, 'red')]),
      ...(errored === 0 ? [] : [this.color(`${errored} not judged`, 'yellow')]),
      ...(skipped === 0 ? [] : [`${skipped} skipped`]),
    ];
    this.line(`\n${parts.join(', ')} (${count(messages, 'message', 'messages')}, ${(ms / 1000).toFixed(1)} s)`);
  }

  private color(text: string, color: keyof typeof codes): string {
    return this.hasColors ? `\u001b[${codes[color]}m${text}\u001b[0m` : text;
  }
}

function count(number: number, one: string, other: string): string {
  return `${number} ${number === 1 ? one : other}`;
}

function span({ min, max }: ExpectedMessages['messages'], one: string, other: string): string {
  return min === max ? count(max, one, other) : `${min} to ${count(max, one, other)}`;
}
