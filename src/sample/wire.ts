import type { JsonValue } from '../core/model/json';

/** A request to the sample backend: what an HTTP request carries, and nothing else. */
export interface SampleRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface SampleResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long whoever carries this answer is to hold it back. The backend itself never waits. */
  readonly delayMs?: number;
}

/** A function call as the platform sends it: every field may be of any shape. */
export interface SampleCall {
  readonly name: string;
  readonly arguments: JsonValue;
  readonly result: JsonValue;
}

/** A message of a history as the platform sends it. `function_calls` is absent where there are none. */
export interface SampleTurn {
  readonly role: string;
  readonly content: string | null;
  readonly function_calls?: readonly SampleCall[];
}

export interface SampleParty {
  readonly name: string | null;
  readonly phone: string;
}

/** A conversation as the backend keeps it, before the switches shape it for the wire. */
export interface SampleConversation {
  /** The platform's internal integer id: the order of the list, newest highest, and what a cursor points at. */
  readonly number: number;
  readonly id: string;
  readonly assistantUuid: string;
  readonly assistantName: string | null;
  readonly type: string;
  readonly variables: JsonValue;
  readonly history: readonly SampleTurn[];
  readonly messageCount: number;
  readonly totalCost: number | string;
  readonly aiEnabled: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly externalIdentifier?: string | undefined;
  readonly whatsappSender?: SampleParty | undefined;
  readonly customer?: SampleParty | undefined;
  /** Listed, and yet its transcript answers 404. */
  readonly detailMissing?: boolean | undefined;
  /** How sending a message goes there, where not as usual. */
  readonly sending?: 'slow' | 'toolTimeout' | undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD HH:MM:SS` in a zone, as the platform's rows have it. */
export function formatInZone(time: number, zone: string): string {
  if (zone === 'UTC') return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  let format = formats.get(zone);
  if (!format) {
    // Sweden writes dates the way the platform does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
  }
  return format.format(time);
}

export const minute = 60_000;
export const day = 24 * 60 * minute;

/**
 * How long before the start the conversation of that rank began: the newest minutes ago, the first few hours apart, the oldest
 * over a year back. Grows with the rank, whatever the count, so that the order by time is the order by id.
 */
export function ageOfRank(rank: number, count: number, jitter: number): number {
  const far = rank / Math.max(count, 60);
  return 9 * minute + rank * 7 * minute + (jitter % (6 * minute)) + Math.floor(410 * day * far ** 3);
}
