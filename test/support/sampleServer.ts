import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSampleBackend, type SampleBackend, type SampleClock } from '../../src/sample/backend';
import type { SampleOptions } from '../../src/sample/options';
import type { SampleResponse } from '../../src/sample/wire';
import { noteKey } from './runFindings';
import { carryOut, type Fault, Faults } from './server/faults';
import { type Gate, Gates, type LoggedRequest, type Match, matches, receive } from './server/gates';
import { listen, listenOnUnusedPort } from './server/ports';

export type { Fault } from './server/faults';
export type { Gate, LoggedRequest, Match } from './server/gates';

/** Options of the backend and of the connection. Unlike the backend, the server has no rate limit by default. */
export interface SampleServerOptions extends Partial<SampleOptions> {
  /** By default, a port that no earlier server of this process has used. */
  readonly port?: number;
  /** The system clock by default. */
  readonly clock?: SampleClock;
  /** Delay of every response. */
  readonly latencyMs?: number;
  /** Share of the requests that fail with 500, from 0 to 1. The same requests fail for the same `seed`. */
  readonly errorRate?: number;
}

export interface SampleServer {
  /** The base URL, `http://127.0.0.1:PORT/api`. */
  readonly url: string;
  /** Requests since the start or the last `forgetRequests`, in order of arrival. */
  readonly requests: readonly LoggedRequest[];
  /** Returns the queries of the list requests. */
  listQueries(): readonly Readonly<Record<string, string>>[];
  forgetRequests(): void;
  /** Resolves when `count` matching requests since the last `forgetRequests` have a response. */
  waitForResponses(match?: Match, count?: number): Promise<void>;
  /** Changes options immediately; see `SampleBackend.configure`. */
  configure(change: Omit<SampleServerOptions, 'port' | 'clock'>): void;
  failNext(fault?: Fault): void;
  /** Removes the faults of `failNext`. */
  clearFaults(): void;
  hold(match?: Match): Gate;
  /** Releases all gates. */
  release(): void;
  addConversation: SampleBackend['addConversation'];
  updateConversation: SampleBackend['updateConversation'];
  fixtureId: SampleBackend['fixtureId'];
  readonly backend: SampleBackend;
  /** Closes all connections, and resolves when the port is free. Does nothing the second time. */
  close(): Promise<void>;
}

type Log = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** The sample backend over HTTP on 127.0.0.1. */
export async function startSampleServer(given: SampleServerOptions = {}): Promise<SampleServer> {
  const { port, clock = Date.now, latencyMs, errorRate, ...switches } = given;
  const backend = createSampleBackend(clock, { rate: 0, ...switches });
  const wire = { latencyMs: latencyMs ?? 0, errorRate: errorRate ?? 0 };
  const log: Log[] = [];
  const gates = new Gates();
  const faults = new Faults();
  const delays = new Set<NodeJS.Timeout>();
  const watchers = new Set<() => void>();
  let closed: Promise<void> | undefined;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const delay = setTimeout(() => {
        delays.delete(delay);
        resolve();
      }, ms);
      delays.add(delay);
    });

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(message, backend.options.basePath);
    const entry: Log = { ...received, status: undefined, aborted: false };
    log.push(entry);
    noteKey(received.headers['authorization']);
    const notify = (): void => {
      for (const watch of [...watchers]) watch();
    };
    response.on('close', () => {
      entry.aborted = !response.writableFinished;
      notify();
    });
    response.on('finish', notify);

    await gates.pass(received);
    if (wire.latencyMs > 0) await wait(wire.latencyMs);
    const fault = faults.take(received, wire.errorRate, backend.options.seed);
    const { method, headers, body } = received;
    const handle = (): SampleResponse =>
      backend.handle({ method, url: `http://${headers['host']}${message.url}`, headers, body });
    if (fault) {
      if (fault.instead === 'lose') handle();
      entry.status = carryOut(fault, response);
      return;
    }
    const made = handle();
    if (made.delayMs !== undefined) await wait(made.delayMs);
    if (response.destroyed) return;
    entry.status = made.status;
    response.writeHead(made.status, made.headers).end(made.body);
  }

  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      // Only a client that disconnects while it sends is expected here.
      if (!message.destroyed) console.error(error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  const bound = port === undefined ? await listenOnUnusedPort(server) : await listen(server, port);

  return {
    url: `http://127.0.0.1:${bound}${backend.options.basePath}`,
    requests: log,
    listQueries: () => log.filter(({ path }) => path === '/user/conversations').map(({ query }) => query),
    forgetRequests: () => void (log.length = 0),
    waitForResponses: (match, count = 1) =>
      new Promise((resolve) => {
        const check = (): void => {
          const done = log.filter((each) => (each.status !== undefined || each.aborted) && matches(match, each));
          if (done.length < count) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      }),
    configure(change) {
      const { latencyMs: latency = wire.latencyMs, errorRate: errors = wire.errorRate, ...rest } = change;
      Object.assign(wire, { latencyMs: latency, errorRate: errors });
      backend.configure(rest);
    },
    failNext: (fault = {}) => faults.add(fault),
    clearFaults: () => faults.clear(),
    hold: (match) => gates.hold(match),
    release: () => gates.releaseAll(),
    addConversation: (conversation) => backend.addConversation(conversation),
    updateConversation: (id, change) => backend.updateConversation(id, change),
    fixtureId: (name) => backend.fixtureId(name),
    backend,
    close: () =>
      (closed ??= new Promise((resolve, reject) => {
        gates.releaseAll();
        for (const delay of delays) clearTimeout(delay);
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      })),
  };
}
