import type { RerunContext } from '../running/rerun';
import type { RunResult, TestResult } from './result';
import type { RunEnding } from './runEnding';
import { runOnce } from './runOnce';
import { type Repeats, type TestOptions, findRepeats } from './runOptions';
import type { TestCase, TestSuite } from './suite';

export interface TestToRun {
  readonly test: TestCase;
  readonly suite: TestSuite;
  readonly assistantUuid: string;
}

export interface FinishedTest {
  readonly result: TestResult;
  /** Set if no other test can run. */
  readonly ending: RunEnding | undefined;
}

/** Runs a test as often as needed for its verdict, each time as a new test conversation. */
export async function runTest(
  { test, suite, assistantUuid }: TestToRun,
  context: RerunContext,
  options: TestOptions,
): Promise<FinishedTest> {
  if (test.skip !== undefined) return { result: skipTest(test.skip), ending: undefined };
  const { checker, stop, canEndEarly = true } = options;
  const repeats = findRepeats(test, options.repeat);
  const runs: RunResult[] = [];
  let ending: RunEnding | undefined;
  while (runs.length < repeats.repeat && !stop.aborted && ending === undefined) {
    if (canEndEarly && isCertain(runs, repeats)) break;
    const run = runs.length + 1;
    const finished = await runOnce({ test: checker.fill(test, suite), assistantUuid }, context, {
      ...options,
      onTurn: (turn) => options.onTurn?.(test, turn, run),
    });
    runs.push(finished.result);
    ending = finished.ending;
  }
  return { result: createResult(test, runs, repeats, { isStopped: stop.aborted, ...options }), ending };
}

export function skipTest(reason: string): TestResult {
  return { verdict: 'skipped', runs: [], skipped: reason };
}

/** Whether further runs can't change whether the test passes. */
function isCertain(runs: readonly RunResult[], { repeat, mustPass }: Repeats): boolean {
  const passed = countVerdicts(runs, 'passed');
  const notPassed = runs.filter(({ verdict }) => verdict !== 'skipped').length - passed;
  return passed >= mustPass || notPassed > repeat - mustPass;
}

function createResult(
  test: TestCase,
  runs: readonly RunResult[],
  repeats: Repeats,
  { isStopped, l10n }: { readonly isStopped: boolean } & Pick<TestOptions, 'l10n'>,
): TestResult {
  if (countVerdicts(runs, 'passed') >= repeats.mustPass) return { verdict: 'passed', runs };
  if (!isCertain(runs, repeats) && isStopped) {
    const last = runs.at(-1);
    const skipped =
      last?.verdict === 'skipped'
        ? l10n.t('Stopped after {0} of {1} messages.', last.messages, test.turns.length)
        : last === undefined
          ? l10n.t('Stopped before it started.')
          : l10n.t('Stopped after {0} of {1} runs.', runs.length, repeats.repeat);
    return { verdict: 'skipped', runs, skipped };
  }
  return { verdict: countVerdicts(runs, 'failed') > 0 ? 'failed' : 'errored', runs };
}

function countVerdicts(runs: readonly RunResult[], verdict: RunResult['verdict']): number {
  return runs.filter((run) => run.verdict === verdict).length;
}
