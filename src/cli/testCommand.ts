import type { ConversationsApi } from '../core/api/api';
import { TestConversations } from '../core/running/testConversations';
import type { FileReport, RunReport } from '../core/report/report';
import { Checker } from '../core/testing/checker';
import { type ExpectedMessages, countRunMessages } from '../core/testing/countRunMessages';
import type { TestResult } from '../core/testing/result';
import { type SuitesOptions, runSuites } from '../core/testing/runSuites';
import type { TestCase } from '../core/testing/suite';
import { ModelJudge } from '../core/testing/modelJudge';
import { english } from '../core/text/l10n';
import { settings } from '../manifest';
import { describeApiError } from './apiErrors';
import { checkAssistants, connect, loadAssistants } from './connect';
import { createHttpJudge } from './httpJudge';
import type { CliOptions } from './options';
import type { Printer } from './printer';
import { CliRefusal } from './cliRefusal';
import { checkReportFiles, writeReports } from './reportFiles';
import { type TestFile, listTestFiles, parseTestFiles, selectTests } from './testFiles';

export interface CliContext {
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
  readonly output: Printer;
  /** For messages that aren't results. */
  readonly messages: Printer;
  /** Aborted to send no more messages. */
  readonly stop: AbortSignal;
}

/** The exit codes; 2 means that nothing was sent. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** @throws CliRefusal before anything is sent */
export async function runTestCommand(options: CliOptions, context: CliContext): Promise<ExitCode> {
  const { files, problems } = parseTestFiles(listTestFiles(options.paths));
  for (const problem of problems) context.messages.problem(problem);
  if (problems.some(({ isError }) => isError)) throw new CliRefusal('Fix these errors first.');
  const selected = selectTests(files, options);
  const expected = countRunMessages(
    selected.flatMap(({ tests }) => tests),
    options.repeat === undefined ? {} : { repeat: options.repeat },
  );
  context.output.plan(selected, expected);
  checkMessageCount(expected, options.maxMessages);
  if (options.dryRun) {
    for (const file of selected) for (const test of file.tests) context.output.listTest(file, test);
    return 0;
  }
  checkReportFiles(options);
  const model = createHttpJudge(context.env);
  const api = connect(context.env, context.version);
  try {
    return await run(selected, api, options, { ...context, judge: model && new ModelJudge(model, english) });
  } finally {
    api.dispose();
  }
}

function checkMessageCount({ messages: { max } }: ExpectedMessages, maxMessages: number): void {
  if (max <= maxMessages) return;
  throw new CliRefusal(`Up to ${max} messages would be sent, but --max-messages allows ${maxMessages}.`);
}

async function run(
  files: readonly TestFile[],
  api: ConversationsApi,
  options: CliOptions,
  context: CliContext & { readonly judge: ModelJudge | undefined },
): Promise<ExitCode> {
  const { output, messages, stop, version, env, judge } = context;
  const assistant = options.assistant === undefined ? undefined : { name: options.assistant, id: undefined };
  const assistants = await loadAssistants(api, stop);
  const names = checkAssistants(files, assistant, assistants);
  api.onDidChangeRateLimitWait((wait) => {
    if (wait !== undefined)
      messages.line(`Waiting ${Math.ceil((wait.until - Date.now()) / 1000)} s for the rate limit.`);
  });
  const startedAt = Date.now();
  const fileOf = new Map(files.flatMap((file) => file.tests.map((test) => [test, file] as const)));
  const suitesOptions: SuitesOptions = {
    checker: new Checker({ l10n: english, now: Date.now, zone: settings.timeZone.default, judge }),
    l10n: english,
    describeError: describeApiError,
    stop,
    assistants,
    parallel: options.parallel,
    ...(assistant === undefined ? {} : { assistant }),
    ...(options.repeat === undefined ? {} : { repeat: options.repeat }),
    onEnd: (test, result) => {
      const file = fileOf.get(test);
      if (file !== undefined) output.result(file, test, result, options.verbose);
    },
  };
  const results = await runSuites(files, { api, tests: new TestConversations() }, suitesOptions);
  const report: RunReport = {
    startedAt,
    program: `aiployees-conversations ${version}`,
    server: new URL(api.origin).host,
    judge: judge?.name,
    files: files.map((file, index) => createFileReport(file, names[index] ?? '', results)),
  };
  output.summary(report.files, Date.now() - startedAt);
  writeReports(report, options, env['GITHUB_STEP_SUMMARY'], (line) => output.line(line));
  return stop.aborted ? 130 : findExitCode(results);
}

function createFileReport(
  { path, text, suite, tests }: TestFile,
  assistant: string,
  results: ReadonlyMap<TestCase, TestResult>,
): FileReport {
  const reports = tests.flatMap((test) => {
    const result = results.get(test);
    return result === undefined ? [] : [{ test, result }];
  });
  return { path, text, suite, assistant, tests: reports };
}

function findExitCode(results: ReadonlyMap<TestCase, TestResult>): ExitCode {
  const verdicts = [...results.values()].map(({ verdict }) => verdict);
  if (verdicts.includes('failed')) return 1;
  return verdicts.includes('errored') ? 3 : 0;
}
