import assert from 'node:assert/strict';
import { Accounts } from '../../src/shell/session/accounts';
import { KeyringError, KeyVault } from '../../src/shell/session/keyVault';
import { Session } from '../../src/shell/session/session';
import { formatKeyringError } from '../../src/shell/format/keyring';
import { FakeKeyring, FakeMemory } from '../core/session/fakes';
import { canary, Chain, good, assertNoSecret, useServers } from './support/chain';
import type { RawServer } from './support/rawServer';

/** Keyring failures and their messages. */
const failures: readonly (readonly [
  name: string,
  mode: FakeKeyring['mode'],
  value: unknown,
  kind: KeyringError['kind'],
  says: RegExp,
])[] = [
  ['fails', 'fails', undefined, 'failed', /^The system keyring reported an error\. The API key /],
  ['hangs', 'hangs', undefined, 'timeout', /keyring isn't responding\. It may be locked\. The API key /],
  ['holds a number', 'works', 7, 'invalid', /API key in the system keyring isn't valid\. Set it again/],
  ['holds only spaces', 'works', '  ', 'invalid', /API key in the system keyring isn't valid/],
  ['holds two lines', 'works', `${canary}\nX-Evil: yes`, 'invalid', /API key in the system keyring isn't valid/],
];

describe('a keyring', () => {
  const start = useServers();
  const open: Session[] = [];
  afterEach(() => open.splice(0).forEach((session) => session.dispose()));

  function createSession(server: RawServer, keyring: FakeKeyring): { session: Session; reported: unknown[] } {
    const reported: unknown[] = [];
    const { clients } = new Chain(server);
    const session = new Session({
      accounts: new Accounts(new FakeMemory(), () => server.baseUrl),
      vault: new KeyVault(keyring.window(), 5),
      clients: () => Promise.resolve(clients),
      startWithSample: false,
      report: (error) => reported.push(error),
    });
    open.push(session);
    return { session, reported };
  }

  for (const [name, mode, value, kind, expected] of failures) {
    it(`that ${name} is reported, and a key for this session works`, async () => {
      const server = await start();
      server.serve = good;
      const keyring = new FakeKeyring();
      keyring.mode = mode;
      if (value !== undefined) keyring.values.set(`aiployees.key:${server.origin}`, value);
      const { session, reported } = createSession(server, keyring);

      const state = await session.ready();
      assert.ok(state.kind === 'noKey' && state.keyring !== undefined);
      assert.equal(state.keyring.kind, kind);
      const message = formatKeyringError(state.keyring);
      assert.match(message, expected);
      assertNoSecret(message, String(state.keyring), String(state.keyring.cause));
      assert.equal(server.seen.length, 0);

      await session.setKey(session.account, canary, 'session');
      const after = await session.ready();
      assert.ok(after.kind === 'account' && after.forThisSession);
      await after.api.listConversations({}, { pageSize: 1 }, { signal: new AbortController().signal });
      assert.equal(server.seen[0]?.headers['authorization'], `Bearer ${canary}`);
      assert.deepEqual(reported, []);
    });
  }

  for (const mode of ['fails', 'hangs'] as const) {
    it(`that ${mode} when a key is saved or removed is reported, and the previous key stays in use`, async () => {
      const server = await start();
      server.serve = good;
      const keyring = new FakeKeyring();
      const { session } = createSession(server, keyring);
      await session.setKey(session.account, 'before');
      keyring.mode = mode;
      const outcome = (work: Promise<void>): Promise<unknown> =>
        work.then(
          () => undefined,
          (error: unknown) => error,
        );
      const saveError = await outcome(session.setKey(session.account, canary));
      assert.ok(saveError instanceof KeyringError);
      assert.match(formatKeyringError(saveError), /The API key wasn't saved\.$/);
      assertNoSecret(formatKeyringError(saveError), String(saveError), String(saveError.cause));
      const state = await session.ready();
      assert.ok(state.kind === 'account');
      await state.api.listConversations({}, { pageSize: 1 }, { signal: new AbortController().signal });
      assert.equal(server.seen.at(-1)?.headers['authorization'], 'Bearer before');
      const removeError = await outcome(session.clearKey(session.account));
      assert.ok(removeError instanceof KeyringError);
      assert.match(formatKeyringError(removeError), /The API key may still be stored there\.$/);
    });
  }
});
