import { Location, MarkdownString, TestMessage, type Uri, l10n } from 'vscode';
import { listFailures } from '../../core/report/report';
import type { Failure, RunResult, TestResult } from '../../core/testing/result';
import type { TestCase } from '../../core/testing/suite';
import { escapeInline } from '../../core/text/escapeMarkdown';
import { formatVerdict } from '../format/verdict';
import type { LineIndex } from './lineIndex';

/** Kinds that compare the reply's text. */
const textKinds: ReadonlySet<Failure['kind']> = new Set(['contains', 'equals', 'starts-with', 'regex', 'llm-rubric']);

/** A failed reply's message; the menu of messages saves it as the reference. */
export const replyContext = 'aiployees.reply';

/** Creates the messages of a test that didn't pass, each at its expectation. */
export function createMessages(test: TestCase, result: TestResult, uri: Uri, lines: LineIndex): readonly TestMessage[] {
  const failures = listFailures(result);
  const deciding = result.runs.find(({ failures: its }) => its.includes(failures[0] as Failure));
  const messages = failures.flatMap((failure) => {
    const location = new Location(uri, lines.toRange(failure.range));
    const created = [new TestMessage(failure.message)];
    // VS Code shows a diff's message only in the peek, so the plain one comes first.
    if (failure.expected !== undefined && failure.actual !== undefined)
      created.push(TestMessage.diff(failure.message, failure.expected, failure.actual));
    const reference = createReferenceDiff(test, failure, deciding);
    if (reference !== undefined) created.push(reference);
    for (const message of created) {
      message.location = location;
      if (failure.turn !== undefined && failure.turn > 0) message.contextValue = replyContext;
    }
    return created;
  });
  return result.runs.length > 1 ? [createTable(test, result, uri, lines), ...messages] : messages;
}

function createReferenceDiff(
  test: TestCase,
  { kind, turn }: Failure,
  run: RunResult | undefined,
): TestMessage | undefined {
  const reference = turn === undefined ? undefined : test.turns[turn - 1]?.reference;
  const reply = run?.turns.find(({ number }) => number === turn)?.reply.content;
  if (reference === undefined || reply === undefined || !textKinds.has(kind)) return undefined;
  return TestMessage.diff(l10n.t('The reply next to its reference'), reference, reply);
}

/** A table of the runs. Replies and tool names in it are untrusted. */
function createTable(test: TestCase, { runs }: TestResult, uri: Uri, lines: LineIndex): TestMessage {
  const passed = runs.filter(({ verdict }) => verdict === 'passed').length;
  const rows = runs.map(({ verdict, failures }, index) => {
    const [first] = failures;
    const message = first === undefined ? '' : escapeInline(first.message.replace(/\s+/g, ' ')).replaceAll('|', '\\|');
    return `| ${index + 1} | ${formatVerdict(verdict)} | ${message} |`;
  });
  const heading = l10n.t(
    '{0} of {1} runs passed. {2} must pass.',
    passed,
    runs.length,
    Math.min(test.mustPass, runs.length),
  );
  const columns = `| ${l10n.t('Run')} | ${l10n.t('Result')} | ${l10n.t('First failure')} |`;
  const message = new TestMessage(
    new MarkdownString([`**${heading}**`, '', columns, '| --- | --- | --- |', ...rows].join('\n')),
  );
  message.location = new Location(uri, lines.toRange(test.range).start);
  return message;
}
