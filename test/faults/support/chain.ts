import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ConversationsApi } from '../../../src/core/api/api';
import { type ApiError } from '../../../src/core/api/errors';
import type { ListQuery } from '../../../src/core/model/query';
import type { ListSnapshot } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import type { Clock } from '../../../src/core/util/abort';
import { Log } from '../../../src/shell/log';
import { createClients, type Clients } from '../../../src/shell/session/clients';
import { listActivity } from '../../../src/shell/format/activity';
import { formatError } from '../../../src/shell/format/errors';
import { neverMs, ImpatientClock } from '../../core/api/support/client';
import { logLines } from '../../support/vscodeStub';
import { respondWith, RawServer, type Serve } from './rawServer';

/** An API key that must not appear in any log, message or error. */
export const canary = '41|CanaryZx9kQ2mW7rT4yU1pA6sD8fG3hJ5lC0vB2nM';
const secret = canary.slice(3);

export interface ChainOptions {
  readonly clock?: Clock;
  readonly timeoutMs?: number;
  readonly pageSize?: number;
  readonly queryOf?: () => ListQuery;
}

/** Everything between a server and the user: the extension's client, the store, the log and the messages. */
export class Chain {
  readonly clients: Clients;
  readonly store: ConversationStore;
  readonly defects: unknown[] = [];
  api: ConversationsApi | undefined;
  private readonly log = new Log();

  constructor(
    readonly server: RawServer,
    { clock = new ImpatientClock(), timeoutMs = neverMs, pageSize = 1, queryOf = () => ({}) }: ChainOptions = {},
  ) {
    this.clients = createClients({ clock, timeoutMs: () => timeoutMs, log: this.log.request, userAgent: 'faults' });
    this.store = new ConversationStore({
      pageSize: () => pageSize,
      queryOf,
      onUnexpectedError: (error) => this.defects.push(error),
    });
    this.connect();
  }

  /** Replaces the client, as for another base URL or key. */
  connect(baseUrl = this.server.baseUrl, key = canary): void {
    const before = this.api;
    this.api = this.clients.create({ baseUrl, key });
    this.store.connect(this.api);
    before?.dispose();
  }

  get list(): ListSnapshot {
    const list = this.store.snapshot.lists.get('test');
    assert.ok(list);
    return list;
  }

  get ids(): readonly string[] {
    return this.store.snapshot.rows.map(({ id }) => id);
  }

  /** Error of the failed list and its message. */
  get failure(): { readonly error: ApiError; readonly message: string } {
    const { state } = this.list;
    assert.ok(state.kind === 'failed', `the list is ${state.kind}`);
    return { error: state.error, message: describeError(state.error) };
  }
}

/** Returns the message of an error. Checks that the key isn't in the message, the error or the log. */
export function describeError(error: ApiError): string {
  const { message } = formatError(error, listActivity('test'));
  assertNoSecret(message, inspect(error, { depth: 10 }), error.stack ?? '', JSON.stringify(error), logLines.join('\n'));
  assert.ok(message.length > 10 && message.length < 500 && !/[\n{}]|undefined/.test(message), message);
  return message;
}

export function assertNoSecret(...texts: readonly string[]): void {
  for (const text of texts) {
    for (const form of [secret, encodeURIComponent(canary), secret.slice(0, 16)])
      assert.ok(!text.includes(form), 'the text contains the key');
  }
}

/** Serves the requested page of a list of three rows. */
export const good: Serve = (socket, request) => {
  const page = Number(request.query.get('page') ?? 1);
  const size = Number(request.query.get('per_page') ?? 1);
  const data = ['one', 'two', 'three'].slice((page - 1) * size, page * size).map(row);
  respondWith({ body: { data, current_page: page, last_page: Math.ceil(3 / size), per_page: size, total: 3 } })(
    socket,
    request,
  );
};

export function row(id: string): Readonly<Record<string, unknown>> {
  return { id, assistant_id: 'a-1', assistant_name: 'Clinic Desk', type: 'test', created_at: '2026-11-20 08:14:03' };
}

/** Starts servers and stops them after each test. Checks that no rejection was unhandled. */
export function useServers(): () => Promise<RawServer> {
  const servers: RawServer[] = [];
  const unhandled: unknown[] = [];
  const recordRejection = (reason: unknown): void => void unhandled.push(reason);
  before(() => process.on('unhandledRejection', recordRejection));
  after(() => process.off('unhandledRejection', recordRejection));
  beforeEach(() => void (logLines.length = 0));
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    // Node reports an unhandled rejection at the end of the event loop iteration.
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(unhandled.splice(0), []);
    assertNoSecret(logLines.join('\n'));
  });
  return async () => {
    const server = await RawServer.start();
    servers.push(server);
    return server;
  };
}
