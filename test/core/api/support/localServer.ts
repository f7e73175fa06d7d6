import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** The part of the body received so far: all of it once the request was answered. */
  body: string;
  /** The client's port: equal for two requests over one connection. */
  readonly clientPort: number;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on 127.0.0.1 that records its requests. */
export class LocalServer {
  readonly seen: SeenRequest[] = [];
  private constructor(private readonly server: Server) {}

  static async start(answer: Handler): Promise<LocalServer> {
    const server = createServer();
    const local = new LocalServer(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const seen: SeenRequest = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: '',
        clientPort: request.socket.remotePort ?? 0,
      };
      local.seen.push(seen);
      request.on('data', (chunk: Buffer) => (seen.body += chunk.toString('utf8')));
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return local;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent unchanged, everything else as JSON. */
  readonly body?: unknown;
}

export function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  response.writeHead(status, { ...(isRaw ? {} : { 'content-type': 'application/json' }), ...headers });
  if (body === undefined) response.end();
  else response.end(isRaw ? body : JSON.stringify(body));
}

/** Answers each request with the next answer and repeats the last one. */
export function inSequence(...answers: readonly (Answer | Handler)[]): Handler {
  let index = 0;
  return (request, response) => {
    const answer = answers[Math.min(index, answers.length - 1)];
    index += 1;
    if (typeof answer === 'function') answer(request, response);
    else send(response, answer ?? {});
  };
}

export const reset: Handler = (request) => void request.socket.resetAndDestroy();

/** Never answers the request. */
export const hang: Handler = () => undefined;
