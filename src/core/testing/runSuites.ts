import type { Assistant } from '../model/conversation';
import type { RerunContext } from '../running/rerun';
import { mapConcurrent } from '../util/mapConcurrent';
import { describeMissingAssistant, findAssistant } from './assistants';
import type { TestResult } from './result';
import type { RunEnding } from './runEnding';
import type { TestOptions } from './runOptions';
import { runTest, skipTest } from './runTest';
import type { AssistantReference, TestCase, TestSuite } from './suite';

/** The tests of a file that run, in their order in the file. */
export interface SelectedTests {
  readonly suite: TestSuite;
  readonly tests: readonly TestCase[];
}

export interface SuitesOptions extends TestOptions {
  /** The account's. */
  readonly assistants: readonly Assistant[];
  /** Runs all tests with this assistant instead of the file's. */
  readonly assistant?: AssistantReference;
  /** How many files run at the same time; at most, and by default, `maxParallelFiles`. */
  readonly parallel?: number;
  readonly onStart?: (test: TestCase) => void;
  readonly onEnd?: (test: TestCase, result: TestResult) => void;
}

export const maxParallelFiles = 3;

/**
 * Runs the tests of each file one after another, because they may share a calendar, and up to three files at the same
 * time. Requests have a lower priority than the user's. Every test gets a result.
 */
export async function runSuites(
  files: readonly SelectedTests[],
  context: RerunContext,
  options: SuitesOptions,
): Promise<ReadonlyMap<TestCase, TestResult>> {
  return new SuitesRun({ ...context, priority: 'background' }, options).run(files);
}

class SuitesRun {
  private readonly results = new Map<TestCase, TestResult>();
  private readonly noMore = new AbortController();
  private readonly testOptions: TestOptions;
  private ending: RunEnding | undefined;

  constructor(
    private readonly context: RerunContext,
    private readonly options: SuitesOptions,
  ) {
    // Tests of other files stop between messages when the run ends.
    this.testOptions = { ...options, stop: AbortSignal.any([options.stop, this.noMore.signal]) };
  }

  async run(files: readonly SelectedTests[]): Promise<ReadonlyMap<TestCase, TestResult>> {
    const { parallel = maxParallelFiles } = this.options;
    const concurrency = Math.max(1, Math.min(parallel, maxParallelFiles));
    const runs = mapConcurrent(toAsync(files), concurrency, (file) => this.runFile(file));
    for await (const _ of runs);
    return this.results;
  }

  private async runFile({ suite, tests }: SelectedTests): Promise<void> {
    for (const test of tests) {
      const result = this.ending === undefined ? await this.runTest(test, suite) : this.skipRest(this.ending);
      this.results.set(test, result);
      this.options.onEnd?.(test, result);
    }
  }

  private async runTest(test: TestCase, suite: TestSuite): Promise<TestResult> {
    const { l10n, stop } = this.options;
    if (test.skip !== undefined) return skipTest(test.skip);
    if (stop.aborted) return skipTest(l10n.t('Stopped before it started.'));
    this.options.onStart?.(test);
    const reference = this.options.assistant ?? suite.assistant;
    const found = findAssistant(reference, this.options.assistants);
    if (found.kind !== 'found') return failWithoutAssistant(test, describeMissingAssistant(reference, found, l10n));
    const finished = await runTest(
      { test, suite, assistantUuid: found.assistant.uuid },
      this.context,
      this.testOptions,
    );
    if (finished.ending !== undefined && this.ending === undefined) {
      this.ending = finished.ending;
      this.noMore.abort();
    }
    return finished.result;
  }

  private skipRest({ error }: RunEnding): TestResult {
    const { l10n, describeError } = this.options;
    return skipTest(l10n.t('Not run. {0}', describeError(error)));
  }
}

function failWithoutAssistant(test: TestCase, message: string): TestResult {
  const failure = { kind: 'assistant', type: '', turn: undefined, range: test.range, message } as const;
  const run = {
    verdict: 'errored',
    ms: 0,
    conversationId: undefined,
    turns: [],
    failures: [failure],
    messages: 0,
  } as const;
  return { verdict: 'errored', runs: [run] };
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T, void, void> {
  yield* items;
}
