import type { Failure, TestResult } from '../testing/result';
import { formatRate, shorten } from './report';

const maxDiffChars = 10_000;

/** Formats why a test didn't pass, for text reports. The text is untrusted. */
export function formatFailureText(result: TestResult): string {
  const rate = formatRate(result);
  const runs = result.runs.flatMap((run, index) => {
    if (run.failures.length === 0) return [];
    const heading = result.runs.length < 2 ? [] : [`Run ${index + 1}: ${run.verdict}`];
    return [...heading, ...run.failures.map(formatFailure)];
  });
  return [...(rate === undefined ? [] : [rate]), ...runs].join('\n');
}

function formatFailure({ message, expected, actual }: Failure): string {
  return [
    message,
    ...(expected === undefined ? [] : [`Expected: ${shorten(expected, maxDiffChars)}`]),
    ...(actual === undefined ? [] : [`Actual: ${shorten(actual, maxDiffChars)}`]),
  ].join('\n');
}
