import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Emitter } from '../../../src/core/util/event';

export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Keys are lowercase. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Handles a request with arbitrary bytes. */
export type Serve = (socket: Socket, request: RawRequest) => void;

/** Server on 127.0.0.1 that writes to sockets, so that it can send invalid HTTP. */
export class RawServer {
  readonly seen: RawRequest[] = [];
  serve: Serve = (socket) => socket.destroy();
  private readonly sockets = new Set<Socket>();
  private readonly served = new Emitter<Serve>();
  /** Fires after a request was handled. */
  readonly onServed = this.served.event;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param port 0 for a free port */
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

  /** Stops listening, so that connections are refused. */
  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (!this.server.listening) return;
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private listen(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // The client may disconnect at any time.
    socket.on('error', () => undefined);
    let head = '';
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
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

export interface RawResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Strings and buffers are sent unchanged, other values as JSON. */
  readonly body?: unknown;
}

/** Sends a well-formed response and keeps the connection open. */
export function respondWith({ status = 200, headers = {}, body }: RawResponse): Serve {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const content = Buffer.isBuffer(body)
    ? body
    : Buffer.from(body === undefined ? '' : isRaw ? (body as string) : JSON.stringify(body));
  const all = {
    ...(isRaw ? {} : { 'content-type': 'application/json' }),
    'content-length': String(content.length),
    ...headers,
  };
  return (socket) => void socket.write(Buffer.concat([Buffer.from(formatHead(status, all)), content]));
}

export function formatHead(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} Whatever`, ...lines, '', ''].join('\r\n');
}

/** Sends these bytes and keeps the connection open. */
export function sendBytes(...parts: readonly (string | Buffer)[]): Serve {
  return (socket) => void parts.forEach((part) => socket.write(part));
}

/** Sends these bytes and closes the connection. */
export function sendBytesAndClose(...parts: readonly (string | Buffer)[]): Serve {
  return (socket) => socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))));
}
