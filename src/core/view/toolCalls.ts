import type { Conversation } from '../model/conversation';
import type { CallRecord, CallSummary } from './callSummary';
import type { DatedRow } from './rowOrder';

/** The known calls of one tool. */
export interface ToolUsage {
  readonly tool: string;
  readonly calls: number;
  readonly failed: number;
  readonly conversations: number;
  /** The newest conversation that called it. */
  readonly last: Conversation;
}

export interface ToolCall {
  readonly row: Conversation;
  readonly record: CallRecord;
}

type CallsOf = (id: string) => CallSummary | undefined;

/** Sums up the calls by tool, those with the most failures first. @param newest rows, newest first */
export function summarizeTools(newest: readonly DatedRow[], callsOf: CallsOf): readonly ToolUsage[] {
  const usages = new Map<string, { -readonly [Field in keyof ToolUsage]: ToolUsage[Field] }>();
  for (const { row } of newest) {
    const summary = callsOf(row.id);
    if (summary === undefined) continue;
    for (const tool of summary.tools) {
      const usage = usages.get(tool) ?? { tool, calls: 0, failed: 0, conversations: 0, last: row };
      usage.conversations += 1;
      usages.set(tool, usage);
    }
    for (const { tool, isFailed } of summary.records) {
      const usage = usages.get(tool);
      if (usage === undefined) continue;
      usage.calls += 1;
      if (isFailed) usage.failed += 1;
    }
  }
  return [...usages.values()].sort(
    (one, other) => other.failed - one.failed || other.calls - one.calls || (one.tool < other.tool ? -1 : 1),
  );
}

/** Lists the calls of a tool: the failed ones first, then newest conversation first. */
export function listToolCalls(newest: readonly DatedRow[], callsOf: CallsOf, tool: string): readonly ToolCall[] {
  const calls = newest.flatMap(({ row }) =>
    (callsOf(row.id)?.records ?? []).filter((record) => record.tool === tool).map((record) => ({ row, record })),
  );
  return [...calls.filter(({ record }) => record.isFailed), ...calls.filter(({ record }) => !record.isFailed)];
}
