import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatJson } from '../../../src/core/report/json';
import { findPlace } from '../../../src/core/report/report';
import { toTerminalLine, toTerminalText } from '../../../src/core/report/terminalText';
import { formatTranscript } from '../../../src/core/report/transcriptText';
import type { RunResult } from '../../../src/core/testing/result';
import { parse } from '../../../src/core/util/parseJson';
import { runReport, untrustedText } from './arbitraries';

describe('Text for a terminal', () => {
  it('shows control characters as codes', () => {
    assert.equal(
      toTerminalText('a\u001b[31mb\r\nc\td\re\u0007\u009b\u202e\ud83d😀'),
      'a\\u001b[31mb\nc\td\\u000de\\u0007\\u009b\\u202e\\ud83d😀',
    );
    assert.equal(toTerminalLine('a\nb\tc'), 'a\\nb c');
  });

  it('has no command of GitHub Actions at the start of a line of a transcript', () => {
    fc.assert(
      fc.property(untrustedText, untrustedText, (user, content) => {
        const calls = [{ name: content, arguments: user, result: { text: content } }];
        const reply = { role: 'assistant', content, functionCalls: calls };
        const text = formatTranscript({ turns: [{ number: 1, user, reply, ms: 1 }] });
        assert.doesNotMatch(text, /(?![\n\t])\p{Cc}|##\[/u);
        for (const line of text.split('\n')) assert.match(line, /^(?:User: |Assistant: | {2}\| |ƒ )/);
      }),
    );
  });
});

describe('A transcript', () => {
  const reply = { role: 'assistant', content: 'Two slots.\nWhich one?', functionCalls: [] };

  it('has messages, tool calls before the reply, and the opening message', () => {
    const calls = [
      { name: 'find_slots', arguments: { day: '2026-12-02' }, result: '["09:20"]' },
      { name: 'log', arguments: undefined, result: undefined },
    ];
    const turns: RunResult['turns'] = [
      { number: 0, user: '', reply: { ...reply, content: 'Hello.' }, ms: undefined },
      { number: 1, user: 'Is it free?', reply: { ...reply, functionCalls: calls }, ms: 900 },
    ];
    assert.deepEqual(formatTranscript({ turns }).split('\n'), [
      'Assistant: Hello.',
      'User: Is it free?',
      'ƒ find_slots {"day":"2026-12-02"} → ["09:20"]',
      'ƒ log – → –',
      'Assistant: Two slots.',
      '  | Which one?',
    ]);
  });

  it('is shortened if it is long', () => {
    const call = { name: 'find', arguments: 'x'.repeat(3000), result: 'y'.repeat(3000) };
    const turns = [{ number: 1, user: 'Hi', reply: { ...reply, content: '', functionCalls: [call] }, ms: 1 }];
    assert.ok(formatTranscript({ turns }).length < 4100);
    const long = [{ number: 1, user: 'Hi', reply: { ...reply, content: 'z'.repeat(300_000) }, ms: 1 }];
    assert.equal(formatTranscript({ turns: long }).length, 200_000);
  });
});

describe('A JSON report', () => {
  it('is valid for any result, and has all failures but no conversation IDs', () => {
    fc.assert(
      fc.property(runReport, (report) => {
        const text = formatJson(report);
        assert.doesNotMatch(text, /secret-conversation-id/);
        const { tests, about } = parse(text) as unknown as {
          about: Readonly<Record<string, unknown>>;
          tests: readonly { state: string; runs: readonly { failures: readonly { message: string }[] }[] }[];
        };
        const all = report.files.flatMap((file) => file.tests);
        assert.deepEqual(
          tests.map(({ state, runs }) => [state, runs.map(({ failures }) => failures.map(({ message }) => message))]),
          all.map(({ result }) => [
            result.verdict,
            result.runs.map(({ failures }) => failures.map(({ message }) => message)),
          ]),
        );
        assert.equal(about['failed'], all.filter(({ result }) => result.verdict === 'failed').length);
      }),
    );
  });
});

describe('findPlace', () => {
  it('counts lines and columns from 1', () => {
    assert.deepEqual(
      [0, 2, 3, 5].map((offset) => findPlace('ab\nc\nd', offset)),
      [
        { line: 1, column: 1 },
        { line: 1, column: 3 },
        { line: 2, column: 1 },
        { line: 3, column: 1 },
      ],
    );
  });
});
