import type { Failure, RunResult, TurnResult } from '../testing/result';
import { stringify } from '../util/exactJson';
import { type RunReport, countVerdicts, findPlace } from './report';

/** Formats results as JSON, without IDs. Its fields are documented, so they don't change. */
export function formatJson({ program, server, judge, startedAt, files }: RunReport): string {
  const tests = files.flatMap((file) =>
    file.tests.map(({ test, result }) => ({
      file: file.path,
      line: findPlace(file.text, test.range.start).line,
      description: test.description,
      assistant: file.assistant,
      state: result.verdict,
      ...(result.skipped ? { reason: result.skipped } : {}),
      runs: result.runs.map(toJsonRun),
    })),
  );
  const about = {
    program,
    server,
    ...(judge === undefined ? {} : { judge }),
    startedAt: new Date(startedAt).toISOString(),
    ...countVerdicts(files.flatMap((file) => file.tests)),
  };
  return `${stringify({ about, tests }, 2)}\n`;
}

function toJsonRun({ verdict, ms, messages, turns, failures }: RunResult): object {
  return { state: verdict, ms, messages, turns: turns.map(toJsonTurn), failures: failures.map(toJsonFailure) };
}

function toJsonTurn({ number, user, reply, ms }: TurnResult): object {
  return {
    turn: number,
    user,
    reply: reply.content,
    calls: reply.functionCalls.map(({ name, arguments: given, result }) => ({ name, arguments: given, result })),
    ...(ms === undefined ? {} : { ms }),
  };
}

function toJsonFailure({ kind, turn, type, message, expected, actual }: Failure): object {
  return { kind, ...(turn === undefined ? {} : { turn }), assertion: type, message, expected, actual };
}
