import type { ServerResponse } from 'node:http';
import { hash } from '../../../src/sample/random';
import { type Match, matches, type ReceivedRequest } from './gates';

/** What goes wrong with the next matching requests, instead of an answer from the backend. */
export interface Fault {
  /** Whom it happens to; everybody where not given. */
  readonly match?: Match;
  /** To how many; 1 where not given. */
  readonly times?: number;
  /** An answer of this status, 500 where nothing is said; with Laravel's body for it, unless another is given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * The connection is cut before an answer, or in the middle of a body; or no answer ever comes; or (`lose`) what was asked
   * for is done, and the connection cut before that is told.
   */
  readonly instead?: 'disconnect' | 'truncate' | 'hang' | 'lose';
}

const words: Readonly<Record<number, string>> = {
  401: 'Unauthenticated.',
  403: 'This action is unauthorized.',
  404: 'Not Found',
  429: 'Too Many Attempts.',
  503: 'Service Unavailable',
};

export class Faults {
  private readonly queued: { readonly fault: Fault; left: number }[] = [];
  private drawn = 0;

  add(fault: Fault): void {
    this.queued.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.queued.length = 0;
  }

  /** The fault that this request is due, counted as used; in its absence one by chance, `rate` of them, the same for a seed. */
  take(request: ReceivedRequest, rate: number, seed: number): Fault | undefined {
    const due = this.queued.find(({ fault, left }) => left > 0 && matches(fault.match, request));
    if (due) {
      due.left--;
      return due.fault;
    }
    if (rate <= 0) return undefined;
    return hash(seed, this.drawn++, 99) / 2 ** 32 < rate ? { status: 500 } : undefined;
  }
}

/** Carries the fault out. Gives the status that was sent, if any was. */
export function carryOut(fault: Fault, response: ServerResponse): number | undefined {
  if (fault.instead === 'hang') return undefined;
  if (fault.instead === 'disconnect' || fault.instead === 'lose') {
    response.destroy();
    return undefined;
  }
  const status = fault.status ?? (fault.instead === 'truncate' ? 200 : 500);
  const body = fault.body ?? JSON.stringify({ message: words[status] ?? 'Server Error' });
  if (fault.instead === 'truncate') {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) + 100 });
    response.write(body, () => response.destroy());
    return status;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...fault.headers }).end(body);
  return status;
}
