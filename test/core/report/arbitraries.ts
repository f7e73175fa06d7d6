import fc from 'fast-check';
import type { FileReport, RunReport, TestReport } from '../../../src/core/report/report';
import type { Failure, RunResult, TestResult, TurnResult } from '../../../src/core/testing/result';
import { createSuite, createTest } from '../testing/support';

/** Untrusted text: commands, markup, control characters, lone surrogates. */
export const untrustedText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '::add-mask::x',
          '\n::error::x',
          '##[command]',
          ']]>',
          '<b>',
          '&amp;',
          '|',
          '\u001b[31m',
          '\u0000',
        ),
        fc.constantFrom(
          '\r\n',
          '\r',
          '\ud83d',
          '\ude00',
          '😀',
          '\uffff',
          '\u202e',
          '%0A',
          ':',
          ',',
          '"',
          "'",
          ' ',
          '@user',
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

const range = fc.constantFrom({ start: 0, end: 1 }, { start: 7, end: 9 });
const failure: fc.Arbitrary<Failure> = fc.record(
  {
    kind: fc.constantFrom('contains', 'latency', 'tool-args-match', 'lost', 'no-reply'),
    type: fc.constantFrom('not-contains', 'latency', ''),
    turn: fc.constantFrom(0, 1, undefined),
    range,
    message: untrustedText,
    expected: untrustedText,
    actual: untrustedText,
  },
  { requiredKeys: ['kind', 'type', 'turn', 'range', 'message'] },
);
const turn: fc.Arbitrary<TurnResult> = fc.record({
  number: fc.nat({ max: 3 }),
  user: untrustedText,
  reply: fc.record({
    role: fc.constant('assistant'),
    content: untrustedText,
    functionCalls: fc.array(
      fc.record({ name: untrustedText, arguments: fc.jsonValue() as fc.Arbitrary<never>, result: untrustedText }),
      { maxLength: 2 },
    ),
  }),
  ms: fc.constantFrom(undefined, 0, 1234),
});
const verdict = fc.constantFrom('passed', 'failed', 'errored', 'skipped');
const run: fc.Arbitrary<RunResult> = fc.record({
  verdict,
  ms: fc.nat({ max: 10_000_000 }),
  conversationId: fc.constantFrom(undefined, 'secret-conversation-id'),
  turns: fc.array(turn, { maxLength: 3 }),
  failures: fc.array(failure, { maxLength: 3 }),
  messages: fc.nat({ max: 5 }),
});
export const testResult: fc.Arbitrary<TestResult> = fc.record(
  { verdict, runs: fc.array(run, { maxLength: 3 }), skipped: untrustedText },
  { requiredKeys: ['verdict', 'runs'] },
);
const test: fc.Arbitrary<TestReport> = fc.record({
  test: untrustedText.map((description) => createTest({ description })),
  result: testResult,
});
const file: fc.Arbitrary<FileReport> = fc.record({
  path: untrustedText,
  text: fc.constantFrom('a: 1\nb: 2\nc: 3\n'),
  suite: fc.option(untrustedText, { nil: undefined }).map((description) => ({ ...createSuite([]), description })),
  assistant: untrustedText,
  tests: fc.array(test, { maxLength: 4 }),
});
export const runReport: fc.Arbitrary<RunReport> = fc.record({
  startedAt: fc.nat({ max: 2_000_000_000 }).map((seconds) => seconds * 1000),
  program: fc.constant('aiployees-conversations 0.2.0'),
  judge: fc.option(fc.string(), { nil: undefined }),
  server: fc.constant('call.example'),
  files: fc.array(file, { maxLength: 3 }),
});
