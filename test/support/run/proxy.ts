import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { secretKeyCookie } from '../../vscode-from-npm/secretKey';

export interface ProxyOptions {
  /** Port of the VS Code server on 127.0.0.1. */
  readonly targetPort: number;
  /** Tried first: browsers store state by origin, so a constant port preserves secrets. */
  readonly preferredPort: number;
  /** Key of VS Code's secrets in the browser: 32 bytes, constant for a profile. */
  readonly secretKey: Buffer;
}

/** Starts a proxy for a VS Code server that also serves the key of its secrets. */
export async function startProxy(options: ProxyOptions): Promise<{ url: string; close: () => void }> {
  const sockets = new Set<Duplex>();
  let own = '';
  const server = createServer((request, response) => {
    if (!isOwn(request, own)) response.writeHead(403).end();
    else if (request.url === secretKeyCookie.value) answerKey(request, response, options.secretKey);
    else forward(request, response, options.targetPort);
  });
  server.on('connection', (socket) => remember(socket, sockets));
  server.on('upgrade', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    if (isOwn(request, own)) tunnel(request, client, head, options.targetPort);
    else client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  own = `127.0.0.1:${await listen(server, options.preferredPort)}`;
  return {
    url: `http://${own}/`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Any web page can send requests here. Only pages of this origin get responses. */
function isOwn(request: IncomingMessage, own: string): boolean {
  const { host, origin } = request.headers;
  return host === own && (origin === undefined || origin === `http://${own}`);
}

function answerKey(request: IncomingMessage, response: ServerResponse, key: Buffer): void {
  if (request.method !== 'POST') response.writeHead(405).end();
  else response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }).end(key);
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const upstream = send({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    const cookies = [
      ...(answer.headers['set-cookie'] ?? []),
      `${secretKeyCookie.name}=${secretKeyCookie.value}; Path=/; SameSite=Strict`,
    ];
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'set-cookie': cookies });
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end('VS Code does not answer.');
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function tunnel(request: IncomingMessage, client: Duplex, head: Buffer, port: number): void {
  const upstream = connect(port, '127.0.0.1', () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let index = 0; index < request.rawHeaders.length; index += 2) {
      lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
    }
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
  });
  upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
  client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
}

async function listen(server: Server, preferredPort: number): Promise<number> {
  for (const port of [preferredPort, preferredPort + 1, preferredPort + 2, 0]) {
    const taken = await new Promise<boolean>((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException): void =>
        error.code === 'EADDRINUSE' ? resolve(true) : reject(error);
      server.once('error', onError).listen(port, '127.0.0.1', () => {
        server.off('error', onError);
        resolve(false);
      });
    });
    if (!taken) break;
  }
  return (server.address() as AddressInfo).port;
}

function remember(socket: Duplex, sockets: Set<Duplex>): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}
