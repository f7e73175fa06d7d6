import {
  Location,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  type TestRunRequest,
  l10n,
} from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import type { Assistant } from '../../core/model/conversation';
import { toTerminalText } from '../../core/report/terminalText';
import { formatTurn } from '../../core/report/transcriptText';
import { Checker } from '../../core/testing/checker';
import type { TestResult, TurnResult } from '../../core/testing/result';
import { type SelectedTests, runSuites } from '../../core/testing/runSuites';
import type { AssistantReference, TestCase } from '../../core/testing/suite';
import type { App } from '../app';
import { refreshTests } from '../commands/rerun';
import { formatError } from '../format/errors';
import type { RunConfirmation } from './confirmRun';
import type { ReadSuite, TestFiles } from './testFiles';
import { createMessages } from './testMessages';

export interface RunChoices {
  readonly repeat?: number;
  readonly canEndEarly: boolean;
  /** Runs all tests with this assistant instead of the files'. */
  readonly assistant?: AssistantReference;
}

/** A test's latest result, for the commands on it. */
export interface ItemResult {
  readonly test: TestCase;
  readonly result: TestResult;
  readonly origin: string;
}

export interface RunContext {
  readonly app: App;
  readonly controller: TestController;
  readonly files: TestFiles;
  readonly confirmation: RunConfirmation;
  readonly onResult: (item: TestItem, result: ItemResult) => void;
}

interface SelectedItem {
  readonly item: TestItem;
  readonly test: TestCase;
  readonly read: ReadSuite;
}

/** Runs the tests of a request as test conversations and reports them to the Testing view. */
export async function runRequest(
  context: RunContext,
  request: TestRunRequest,
  choices: RunChoices,
  stop: AbortSignal,
): Promise<void> {
  const run = context.controller.createTestRun(request);
  try {
    const { selected, unreadable } = await select(context.files, request);
    for (const file of unreadable) run.errored(file, new TestMessage(file.error ?? l10n.t("Couldn't read the file.")));
    for (const { item } of selected) run.enqueued(item);
    if (selected.length > 0)
      await new RequestRun(context, run, selected, choices).run(stop, request.continuous === true);
  } finally {
    run.end();
  }
}

class RequestRun {
  private readonly itemOf: ReadonlyMap<TestCase, SelectedItem>;

  constructor(
    private readonly context: RunContext,
    private readonly testRun: TestRun,
    private readonly selected: readonly SelectedItem[],
    private readonly choices: RunChoices,
  ) {
    this.itemOf = new Map(selected.map((each) => [each.test, each]));
  }

  async run(stop: AbortSignal, isContinuous: boolean): Promise<void> {
    const { app, confirmation } = this.context;
    const api = await app.api();
    if (api === undefined) return this.failAll(l10n.t('Set an API key first. Tests run on the server.'));
    const assistants = await this.loadAssistants(api, stop);
    if (assistants === undefined) return;
    const files = groupBySuite(this.selected);
    const { assistant } = this.choices;
    const replying = assistant === undefined ? files.map(({ suite }) => suite.assistant) : [assistant];
    const planned = { ...this.choices, files, assistants: replying, isContinuous };
    if (stop.aborted || !(await confirmation.isConfirmed(api, planned))) return this.skipAll();
    // The account may have changed while the question was open.
    if ((await app.api()) !== api) return this.failAll(l10n.t('The account or API key changed. Nothing was sent.'));
    await runSuites(
      files,
      { api, tests: app.sender.tests },
      {
        ...this.choices,
        assistants,
        stop,
        l10n,
        checker: new Checker({ l10n, now: Date.now, zone: app.config.timeZone }),
        describeError: (error) => formatError(error, { kind: 'sending' }).message,
        onStart: (test) => this.onItem(test, ({ item }) => this.testRun.started(item)),
        onTurn: (test, turn) => this.onItem(test, (selected) => this.showTurn(selected, turn)),
        onEnd: (test, result) => this.onItem(test, (selected) => this.report(selected, result, api.origin)),
      },
    );
    if ((await app.api()) === api) await refreshTests(app);
  }

  private onItem(test: TestCase, act: (selected: SelectedItem) => void): void {
    const selected = this.itemOf.get(test);
    if (selected !== undefined) act(selected);
  }

  private async loadAssistants(api: ConversationsApi, signal: AbortSignal): Promise<readonly Assistant[] | undefined> {
    try {
      return await api.listAssistants({ signal });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (signal.aborted) this.skipAll();
      else this.failAll(formatError(error, { kind: 'readingAssistants' }).message);
      return undefined;
    }
  }

  /** The reply is also shown in gray next to the user's message. */
  private showTurn({ item, test, read }: SelectedItem, turn: TurnResult): void {
    this.testRun.appendOutput(toOutput(formatTurn(turn)), undefined, item);
    const range = test.turns[turn.number - 1]?.userRange;
    const { content } = turn.reply;
    if (range === undefined || item.uri === undefined || content === '') return;
    this.testRun.appendOutput(
      toOutput(toTerminalText(content)),
      new Location(item.uri, read.lines.toRange(range)),
      item,
    );
  }

  private report({ item, test, read }: SelectedItem, result: TestResult, origin: string): void {
    const run = this.testRun;
    const ms = result.runs.reduce((sum, each) => sum + each.ms, 0);
    this.context.onResult(item, { test, result, origin });
    if (result.skipped !== undefined && result.skipped !== '')
      run.appendOutput(toOutput(toTerminalText(result.skipped)), undefined, item);
    if (result.verdict === 'passed') return run.passed(item, ms);
    if (result.verdict === 'skipped') return run.skipped(item);
    const messages = item.uri === undefined ? [] : createMessages(test, result, item.uri, read.lines);
    if (result.verdict === 'failed') run.failed(item, messages, ms);
    else run.errored(item, messages, ms);
  }

  private skipAll(): void {
    for (const { item } of this.selected) this.testRun.skipped(item);
  }

  private failAll(reason: string): void {
    for (const { item } of this.selected) this.testRun.errored(item, new TestMessage(reason));
  }
}

/** Terminals need CRLF. */
function toOutput(text: string): string {
  return `${text.replace(/\r?\n/g, '\r\n')}\r\n`;
}

/** Finds the tests of a request, and its files that can't be read. */
async function select(
  files: TestFiles,
  { include, exclude = [] }: TestRunRequest,
): Promise<{ readonly selected: readonly SelectedItem[]; readonly unreadable: readonly TestItem[] }> {
  const excluded = new Set(exclude);
  const wanted = include ?? files.items;
  const selected: SelectedItem[] = [];
  const unreadable: TestItem[] = [];
  for (const file of new Set(wanted.map((item) => files.fileOf(item)))) {
    if (excluded.has(file) || file.uri === undefined) continue;
    const read = await files.read(file);
    if (read === undefined) {
      unreadable.push(file);
      continue;
    }
    const isWhole = wanted.includes(file);
    for (const [id, test] of read.tests) {
      const item = file.children.get(id);
      if (item === undefined || excluded.has(item) || !(isWhole || wanted.includes(item))) continue;
      selected.push({ item, test, read });
    }
  }
  return { selected, unreadable };
}

function groupBySuite(selected: readonly SelectedItem[]): readonly SelectedTests[] {
  const tests = new Map<ReadSuite, TestCase[]>();
  for (const { read, test } of selected) tests.set(read, [...(tests.get(read) ?? []), test]);
  return [...tests].map(([{ suite }, its]) => ({ suite, tests: its }));
}
