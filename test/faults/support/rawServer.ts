import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Emitter } from '../../../src/core/util/event';

export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Answers a request with whatever bytes it likes. */
export type Serve = (socket: Socket, request: RawRequest) => void;

/** Speaks to sockets, not HTTP: what it sends need not be right. On 127.0.0.1. */
export class RawServer {
  readonly seen: RawRequest[] = [];
  serve: Serve = (socket) => socket.destroy();
  private readonly sockets = new Set<Socket>();
  private readonly served = new Emitter<Serve>();
  /** A request was answered, or not, in this way. */
  readonly onServed = this.served.event;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param port a free one where not given */
  static async start(port = 0): Promise<RawServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const raw = new RawServer(server, (server.address() as AddressInfo).port);
    server.on('connection', (socket) => raw.listen(socket));
    return raw;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get baseUrl(): string {
    return `${this.origin}/api`;
  }

  /** Nobody listens any more: connections are refused. */
  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (!this.server.listening) return;
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private listen(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // The client may go away at any time, as it should.
    socket.on('error', () => undefined);
    let head = '';
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1');
      for (let end = head.indexOf('\r\n\r\n'); end !== -1; end = head.indexOf('\r\n\r\n')) {
        const request = parse(head.slice(0, end));
        head = head.slice(end + 4);
        this.seen.push(request);
        this.serve(socket, request);
        this.served.fire(this.serve);
      }
    });
  }
}

function parse(head: string): RawRequest {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', url = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { method, url, headers, query: new URL(url, 'http://127.0.0.1').searchParams };
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is where it is text or bytes, as JSON otherwise. */
  readonly body?: unknown;
}

/** A well-formed answer, on a connection that stays open. */
export function answer({ status = 200, headers = {}, body }: Answer): Serve {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(body === undefined ? '' : isRaw ? (body as string) : JSON.stringify(body));
  const all = {
    ...(isRaw ? {} : { 'content-type': 'application/json' }),
    'content-length': String(bytes.length),
    ...headers,
  };
  return (socket) => void socket.write(Buffer.concat([Buffer.from(headOf(status, all)), bytes]));
}

export function headOf(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} Whatever`, ...lines, '', ''].join('\r\n');
}

/** These bytes, and then nothing; the connection stays open. */
export function bytes(...parts: readonly (string | Buffer)[]): Serve {
  return (socket) => void parts.forEach((part) => socket.write(part));
}

/** These bytes, and then the end of the connection. */
export function bytesAndEnd(...parts: readonly (string | Buffer)[]): Serve {
  return (socket) => socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))));
}
