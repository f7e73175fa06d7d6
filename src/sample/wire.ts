import type { JsonValue } from '../core/model/json';

/** The parts of an HTTP request that the sample backend uses. */
export interface SampleRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** Names in upper or lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface SampleResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the caller must delay the response. The backend itself never waits. */
  readonly delayMs?: number;
}

/** A tool call in the platform's format: every field may have any shape. */
export interface SampleCall {
  readonly name: string;
  readonly arguments: JsonValue;
  readonly result: JsonValue;
}

/** A turn in the platform's format. `function_calls` is absent if there are none. */
export interface SampleTurn {
  readonly role: string;
  readonly content: string | null;
  readonly function_calls?: readonly SampleCall[];
}

export interface SampleParty {
  readonly name: string | null;
  readonly phone: string;
}

/** A conversation of the backend, before the options format it for the response. */
export interface SampleConversation {
  /** The platform's internal integer ID: the order of the list, newest highest, and the target of cursors. */
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
  /** Listed, but its transcript returns 404. */
  readonly detailMissing?: boolean | undefined;
  /** The result of sending a message, if unusual. */
  readonly sending?: 'slow' | 'toolTimeout' | undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats `YYYY-MM-DD HH:MM:SS` in a time zone, as in the platform's rows. */
export function formatInZone(time: number, zone: string): string {
  if (zone === 'UTC') return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  let format = formats.get(zone);
  if (!format) {
    // Swedish dates have the platform's format.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
  }
  return format.format(time);
}

export const minute = 60_000;
export const day = 24 * 60 * minute;

/**
 * Returns how long before the start the conversation of this rank was created: the newest minutes ago, the oldest over a year.
 * Grows with the rank for any count, so that the order by time is the order by ID.
 */
export function ageOfRank(rank: number, count: number, jitter: number): number {
  const far = rank / Math.max(count, 60);
  return 9 * minute + rank * 7 * minute + (jitter % (6 * minute)) + Math.floor(410 * day * far ** 3);
}
