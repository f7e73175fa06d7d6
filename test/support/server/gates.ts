import type { IncomingMessage } from 'node:http';

/** Selects requests: by path relative to the API, or by a function. */
export type Match = string | RegExp | ((request: ReceivedRequest) => boolean);

export interface ReceivedRequest {
  readonly method: string;
  /** Path relative to the base path of the API, such as `/user/conversations`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lowercase name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LoggedRequest extends ReceivedRequest {
  /** Undefined until the response, and if the connection was closed without one. */
  readonly status: number | undefined;
  /** Whether the client disconnected before the response. */
  readonly aborted: boolean;
}

export function matches(match: Match | undefined, request: ReceivedRequest): boolean {
  if (match === undefined) return true;
  if (typeof match === 'string') return request.path === match;
  if (match instanceof RegExp) return match.test(request.path);
  return match(request);
}

/** Holds matching requests until they are released. Responses contain the data of that time. */
export interface Gate {
  /** Resolves when `count` requests have arrived at this gate. 1 by default. */
  waitForRequests(count?: number): Promise<void>;
  /** Releases all held and later requests. */
  release(): void;
}

export class Gates {
  private readonly open = new Set<HeldGate>();

  hold(match?: Match): Gate {
    const gate = new HeldGate(match, () => this.open.delete(gate));
    this.open.add(gate);
    return gate;
  }

  releaseAll(): void {
    for (const gate of [...this.open]) gate.release();
  }

  /** Resolves when no gate holds the request anymore. */
  async pass(request: ReceivedRequest): Promise<void> {
    for (const gate of [...this.open]) if (matches(gate.match, request)) await gate.wait();
  }
}

class HeldGate implements Gate {
  private count = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly watching: { readonly count: number; readonly resolve: () => void }[] = [];
  private isReleased = false;

  constructor(
    readonly match: Match | undefined,
    private readonly onRelease: () => void,
  ) {}

  wait(): Promise<void> {
    this.count++;
    for (const each of this.watching) if (this.count >= each.count) each.resolve();
    return this.isReleased ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  waitForRequests(count = 1): Promise<void> {
    if (this.count >= count) return Promise.resolve();
    return new Promise((resolve) => this.watching.push({ count, resolve }));
  }

  release(): void {
    this.isReleased = true;
    this.onRelease();
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** Reads a request with its body. Removes `basePath` from its path. */
export async function receive(message: IncomingMessage, basePath: string): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const below = url.pathname.startsWith(`${basePath}/`);
  return {
    method: message.method ?? 'GET',
    path: below ? url.pathname.slice(basePath.length) : url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
