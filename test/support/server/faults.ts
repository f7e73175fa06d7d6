import type { ServerResponse } from 'node:http';
import { hash } from '../../../src/sample/random';
import { type Match, matches, type ReceivedRequest } from './gates';

/** A failure of the next matching requests, instead of a response from the backend. */
export interface Fault {
  /** All requests by default. */
  readonly match?: Match;
  /** Number of requests that fail. 1 by default. */
  readonly times?: number;
  /** Status of the response, 500 by default. Its body is Laravel's for this status by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Closes the connection before the response or in its body, or never responds. `lose` executes the request, and closes the
   * connection before the response.
   */
  readonly instead?: 'disconnect' | 'truncate' | 'hang' | 'lose';
}

const messages: Readonly<Record<number, string>> = {
  401: 'Unauthenticated.',
  403: 'This action is unauthorized.',
  404: 'Not Found',
  429: 'Too Many Attempts.',
  503: 'Service Unavailable',
};

export class Faults {
  private readonly queued: { readonly fault: Fault; left: number }[] = [];
  private randomCount = 0;

  add(fault: Fault): void {
    this.queued.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.queued.length = 0;
  }

  /** Takes the next queued fault of this request, or else, for a share `rate` of the requests, a random one. */
  take(request: ReceivedRequest, rate: number, seed: number): Fault | undefined {
    const due = this.queued.find(({ fault, left }) => left > 0 && matches(fault.match, request));
    if (due) {
      due.left--;
      return due.fault;
    }
    if (rate <= 0) return undefined;
    return hash(seed, this.randomCount++, 99) / 2 ** 32 < rate ? { status: 500 } : undefined;
  }
}

/** Applies the fault. @returns the status of the response; undefined if there is none */
export function carryOut(fault: Fault, response: ServerResponse): number | undefined {
  if (fault.instead === 'hang') return undefined;
  if (fault.instead === 'disconnect' || fault.instead === 'lose') {
    response.destroy();
    return undefined;
  }
  const status = fault.status ?? (fault.instead === 'truncate' ? 200 : 500);
  const body = fault.body ?? JSON.stringify({ message: messages[status] ?? 'Server Error' });
  if (fault.instead === 'truncate') {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) + 100 });
    response.write(body, () => response.destroy());
    return status;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...fault.headers }).end(body);
  return status;
}
