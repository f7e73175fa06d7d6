import assert from 'node:assert/strict';
import { Accounts } from '../../src/shell/session/accounts';
import { KeyringError, KeyVault } from '../../src/shell/session/keyVault';
import { Session } from '../../src/shell/session/session';
import { keyringWords } from '../../src/shell/words/keyring';
import { FakeKeyring, FakeMemory } from '../core/session/fakes';
import { canary, Chain, good, holdsNoSecret, useServers } from './support/chain';
import type { RawServer } from './support/rawServer';

/** How the keyring fails, and what a reader is told when a key is looked for, kept and forgotten. */
const troubles: readonly (readonly [
  name: string,
  mode: FakeKeyring['mode'],
  value: unknown,
  kind: KeyringError['kind'],
  says: RegExp,
])[] = [
  ['fails', 'fails', undefined, 'failed', /^The system keyring reported an error\. The API key /],
  ['hangs', 'hangs', undefined, 'hung', /keyring isn't responding\. It may be locked\. The API key /],
  ['holds a number', 'works', 7, 'rubbish', /API key in the system keyring isn't valid\. Set it again/],
  ['holds nothing but blanks', 'works', '  ', 'rubbish', /API key in the system keyring isn't valid/],
  ['holds two lines', 'works', `${canary}\nX-Evil: yes`, 'rubbish', /API key in the system keyring isn't valid/],
];

describe('A keyring', () => {
  const start = useServers();
  const open: Session[] = [];
  afterEach(() => open.splice(0).forEach((session) => session.dispose()));

  function begin(server: RawServer, keyring: FakeKeyring): { session: Session; reported: unknown[] } {
    const reported: unknown[] = [];
    const { clients } = new Chain(server);
    const session = new Session({
      accounts: new Accounts(new FakeMemory(), () => server.baseUrl),
      vault: new KeyVault(keyring.window(), 5),
      clients: () => Promise.resolve(clients),
      beginOnSample: false,
      report: (error) => reported.push(error),
    });
    open.push(session);
    return { session, reported };
  }

  for (const [name, mode, value, kind, says] of troubles) {
    it(`that ${name}: told in words, nothing is sent, and a key for this session works`, async () => {
      const server = await start();
      server.serve = good;
      const keyring = new FakeKeyring();
      keyring.mode = mode;
      if (value !== undefined) keyring.values.set(`aiployees.key:${server.origin}`, value);
      const { session, reported } = begin(server, keyring);

      const state = await session.ready();
      assert.ok(state.kind === 'noKey' && state.keyring !== undefined);
      assert.equal(state.keyring.kind, kind);
      const words = keyringWords(state.keyring);
      assert.match(words, says);
      holdsNoSecret(words, String(state.keyring), String(state.keyring.cause));
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
    it(`that ${mode} when a key is kept or forgotten: told in words, and the key before stays`, async () => {
      const server = await start();
      server.serve = good;
      const keyring = new FakeKeyring();
      const { session } = begin(server, keyring);
      await session.setKey(session.account, 'before');
      keyring.mode = mode;
      const outcome = (work: Promise<void>): Promise<unknown> =>
        work.then(
          () => undefined,
          (error: unknown) => error,
        );
      const kept = await outcome(session.setKey(session.account, canary));
      assert.ok(kept instanceof KeyringError);
      assert.match(keyringWords(kept), /The API key wasn't saved\.$/);
      holdsNoSecret(keyringWords(kept), String(kept), String(kept.cause));
      const state = await session.ready();
      assert.ok(state.kind === 'account');
      await state.api.listConversations({}, { pageSize: 1 }, { signal: new AbortController().signal });
      assert.equal(server.seen.at(-1)?.headers['authorization'], 'Bearer before');
      const forgotten = await outcome(session.clearKey(session.account));
      assert.ok(forgotten instanceof KeyringError);
      assert.match(keyringWords(forgotten), /The API key may still be stored there\.$/);
    });
  }
});
