import type { Conversation } from '../model/conversation';
import type { Transcript, Turn } from '../model/transcript';
import { Emitter, type Disposable } from '../util/event';
import { intern, memoizeWeak } from '../util/memoize';
import { findCallFailure } from './detailsFailure';

/** A tool call and its place in the transcript. `reason` is the failure's, as one short line. */
export interface CallRecord {
  readonly tool: string;
  readonly turn: number;
  readonly call: number;
  readonly isFailed: boolean;
  readonly reason: string | undefined;
}

/** The part of a transcript that rows and filters need, small enough to keep for every conversation. */
export interface CallSummary {
  readonly calls: number;
  readonly failed: number;
  /** Names of the called tools, in the order of their first calls. */
  readonly tools: readonly string[];
  /** Up to `maxRecords`. */
  readonly records: readonly CallRecord[];
  /** Start of the first user message; undefined if there is none. */
  readonly opening: string | undefined;
}

/** Per conversation. */
const maxRecords = 1000;
const maxNameChars = 200;
const maxOpeningChars = 200;

export function summarizeCalls({ turns }: Pick<Transcript, 'turns'>): CallSummary {
  return summarizeTurns(turns);
}

const summarizeTurns = memoizeWeak((turns: readonly Turn[]): CallSummary => {
  const records: CallRecord[] = [];
  const tools = new Set<string>();
  let calls = 0;
  let failed = 0;
  for (const [turn, { functionCalls }] of turns.entries()) {
    for (const [call, { name, result }] of functionCalls.entries()) {
      const failure = findCallFailure(result);
      calls += 1;
      if (failure !== undefined) failed += 1;
      if (records.length === maxRecords) continue;
      const tool = intern(copyStart(name, maxNameChars));
      tools.add(tool);
      const reason = failure?.reason && copyStart(failure.reason, failure.reason.length);
      records.push({ tool, turn, call, isFailed: failure !== undefined, reason });
    }
  }
  return { calls, failed, tools: [...tools], records, opening: findOpening(turns) };
});

/** Returns the start of the first user message; undefined if there is none. */
export function findOpening(turns: readonly Turn[]): string | undefined {
  const first = turns.find(({ role, content }) => role === 'user' && content.trim() !== '');
  return first && copyStart(first.content.trimStart(), maxOpeningChars);
}

/** Copies, because V8 retains the whole response for a slice of it. */
function copyStart(text: string, maxChars: number): string {
  return [...text.slice(0, maxChars)].join('');
}

/** Identifies a version of a conversation: a new message changes `updatedAt`. */
type Version = Pick<Conversation, 'id' | 'updatedAt'>;

interface Entry {
  readonly updatedAt: string;
  readonly summary: CallSummary;
}

/** Records and conversations; about 20 MB of memory. */
const defaultBound = 150_000;

/** The summaries of all transcripts that were loaded for the current account. Drops the oldest beyond a limit. */
export class CallSummaries implements Disposable {
  private readonly changed = new Emitter<readonly string[]>();
  /** Fires with the IDs of the conversations whose summaries have changed. */
  readonly onDidChange = this.changed.event;

  /** Oldest first. */
  private readonly entries = new Map<string, Entry>();
  private size = 0;

  /** @param bound total of records and conversations */
  constructor(private readonly bound = defaultBound) {}

  /**
   * Returns the calls of a conversation; undefined if its transcript hasn't been loaded. It may have had more turns since:
   * see `isCurrent`.
   */
  of(id: string): CallSummary | undefined {
    return this.entries.get(id)?.summary;
  }

  /** Whether the summary has all turns of this version of the conversation. */
  isCurrent({ id, updatedAt }: Version): boolean {
    return this.entries.get(id)?.updatedAt === updatedAt;
  }

  /** Must be called for every loaded transcript. @param updatedAt of the row before the request; empty if unknown */
  note({ id, updatedAt }: Version, transcript: Pick<Transcript, 'turns'>): void {
    const before = this.entries.get(id);
    const summary = summarizeCalls(transcript);
    const isSame = before !== undefined && isSameSummary(before.summary, summary);
    if (isSame && before.updatedAt === updatedAt) return;
    this.drop(id);
    this.entries.set(id, { updatedAt, summary: isSame ? before.summary : summary });
    this.size += sizeOf(summary);
    const dropped: string[] = [];
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.bound || oldest === id) break;
      this.drop(oldest);
      dropped.push(oldest);
    }
    this.changed.fire([id, ...dropped]);
  }

  /** Must be called when account, key, or base URL changes: IDs are unique only per server. */
  clear(): void {
    const ids = [...this.entries.keys()];
    this.entries.clear();
    this.size = 0;
    if (ids.length > 0) this.changed.fire(ids);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private drop(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    this.size -= sizeOf(entry.summary);
    this.entries.delete(id);
  }
}

function sizeOf({ records }: CallSummary): number {
  return 1 + records.length;
}

function isSameSummary(one: CallSummary, other: CallSummary): boolean {
  return (
    one.calls === other.calls &&
    one.failed === other.failed &&
    one.opening === other.opening &&
    one.records.every((record, index) => isSameRecord(record, other.records[index]))
  );
}

function isSameRecord(one: CallRecord, other: CallRecord | undefined): boolean {
  return (
    one.tool === other?.tool &&
    one.turn === other.turn &&
    one.call === other.call &&
    one.isFailed === other.isFailed &&
    one.reason === other.reason
  );
}
