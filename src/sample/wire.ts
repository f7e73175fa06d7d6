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
