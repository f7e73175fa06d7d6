import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatAnnotation, formatSummary, listAnnotations, maxAnnotations } from '../../../src/core/report/github';
import type { FileReport, RunReport } from '../../../src/core/report/report';
import type { Failure, TestResult } from '../../../src/core/testing/result';
import { createSuite, createTest } from '../testing/support';
import { runReport, untrustedText } from './arbitraries';

/** Reads a workflow command as the runner of GitHub Actions does. */
function parseCommand(line: string): { name: string; properties: Record<string, string>; data: string } {
  const [, name = '', list = '', data = ''] = /^::(\S+) ([^]*?)::([^]*)$/.exec(line) ?? [];
  const unescape = (text: string): string =>
    text
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%25', '%');
  const properties = Object.fromEntries(
    list.split(',').map((each) => [each.slice(0, each.indexOf('=')), unescape(each.slice(each.indexOf('=') + 1))]),
  );
  return { name, properties, data: unescapeData(data) };
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function failWith(...messages: readonly string[]): TestResult {
  const failures = messages.map((message): Failure => ({
    kind: 'contains',
    type: 'contains',
    turn: 1,
    range: { start: 8, end: 9 },
    message,
  }));
  const run = { verdict: 'failed', ms: 1, conversationId: undefined, turns: [], failures, messages: 1 } as const;
  return { verdict: 'failed', runs: [run] };
}

function createFile(description: string, ...results: readonly TestResult[]): FileReport {
  const tests = results.map((result) => ({ test: createTest({ description }), result }));
  return {
    path: 'tests/a.conversation.yaml',
    text: 'a: 1\n  b: 2\n',
    suite: createSuite([]),
    assistant: 'Clinic Desk',
    tests,
  };
}

const createReport = (...files: readonly FileReport[]): RunReport => ({
  startedAt: 0,
  program: 'cli',
  server: 'host',
  files,
});

describe('An annotation of GitHub Actions', () => {
  it('is one line, and is read as it was written', () => {
    fc.assert(
      fc.property(untrustedText, untrustedText, untrustedText, (path, title, message) => {
        const command = formatAnnotation({ path, line: 3, column: 5, title, message });
        assert.doesNotMatch(command, /[\r\n]/);
        assert.deepEqual(parseCommand(command), {
          name: 'error',
          properties: { file: path, line: '3', col: '5', title },
          data: message,
        });
      }),
    );
  });

  it('is at the failed assertion', () => {
    assert.deepEqual(listAnnotations([createFile('books', failWith('Turn 1: no.'))]), [
      { path: 'tests/a.conversation.yaml', line: 2, column: 4, title: 'books', message: 'Turn 1: no.' },
    ]);
  });

  it('is made for 10 failures at most, and for no test that passed or was skipped', () => {
    const skipped: TestResult = { ...failWith('no'), verdict: 'skipped' };
    const passed: TestResult = { ...failWith('no'), verdict: 'passed' };
    assert.deepEqual(listAnnotations([createFile('books', skipped, passed)]), []);
    const many = Array.from({ length: 8 }, () => failWith('one', 'two'));
    assert.equal(listAnnotations([createFile('books', ...many)]).length, maxAnnotations);
  });
});

describe('A step summary', () => {
  it('has the tests that did not pass first, each with its place and messages', () => {
    const files = [
      createFile('passes', { verdict: 'passed', runs: [] }),
      createFile('fails', failWith('Turn 1: no.', 'b')),
    ];
    assert.deepEqual(formatSummary(createReport(...files)).split('\n'), [
      '## Conversation tests: 1 passed, 1 failed, 0 not judged, 0 skipped',
      '',
      '| State | Test | File | Details |',
      '| --- | --- | --- | --- |',
      '| ❌ failed | fails | tests/a.conversation.yaml:1 | Turn 1: no.<br>b |',
      '| ✅ passed | passes | tests/a.conversation.yaml:1 |  |',
      '',
    ]);
  });

  it('has no markup of others: a row stays a row', () => {
    fc.assert(
      fc.property(runReport, (report) => {
        const rows = formatSummary(report).split('\n').slice(4, -1);
        assert.equal(rows.length, report.files.flatMap(({ tests }) => tests).length);
        for (const row of rows) {
          assert.equal(row.replace(/\\\\|\\\|/g, '').split('|').length, 6, row);
          assert.doesNotMatch(row.replaceAll(/<br>|<!-- -->/g, '').replace(/\\./g, ''), /[<>`]/);
        }
      }),
    );
  });

  it('is shorter than a megabyte, and counts the missing tests', () => {
    const many = Array.from({ length: 3000 }, () => failWith('ü'.repeat(400)));
    const summary = formatSummary(createReport(createFile('fails', ...many)));
    assert.ok(Buffer.byteLength(summary) <= 1_000_000);
    const shown = summary.split('\n').filter((line) => line.startsWith('| ❌')).length;
    assert.match(summary, new RegExp(`\\n${3000 - shown} more tests don't fit here\\.\\n$`));
  });
});
