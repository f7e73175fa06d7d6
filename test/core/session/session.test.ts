import assert from 'node:assert/strict';
import type { ConversationsApi } from '../../../src/core/api/api';
import { createClients } from '../../../src/shell/session/clients';
import { describeAccount, type Account } from '../../../src/shell/session/account';
import { Accounts } from '../../../src/shell/session/accounts';
import { KeyringError, KeyVault } from '../../../src/shell/session/keyVault';
import { Session } from '../../../src/shell/session/session';
import { toContext, type SessionState, type SettledState } from '../../../src/shell/session/state';
import { startSampleServer, type SampleServer } from '../../support/sampleServer';
import { FakeKeyring, FakeMemory } from './fakes';

const key = '41|abcdefghijkl';

interface Window {
  readonly session: Session;
  readonly kinds: string[];
  readonly disposed: string[];
  readonly reported: unknown[];
}

describe('Session', () => {
  let server: SampleServer;
  let keyring: FakeKeyring;
  let memory: FakeMemory;
  let baseUrl: string;
  let startWithSample: boolean;
  const openSessions: Session[] = [];

  before(async () => {
    server = await startSampleServer();
  });
  after(() => server.close());
  beforeEach(() => {
    server.forgetRequests();
    keyring = new FakeKeyring();
    memory = new FakeMemory();
    baseUrl = server.url;
    startWithSample = false;
  });
  afterEach(() => openSessions.splice(0).forEach((session) => session.dispose()));

  /** Creates one window's session. Windows share the keyring and the state. */
  function openWindow(): Window {
    const disposed: string[] = [];
    const reported: unknown[] = [];
    const clients = createClients({ timeoutMs: () => 5000, log: () => undefined, userAgent: 'test' });
    const watch = (api: ConversationsApi, name: string): ConversationsApi => {
      const { dispose } = api;
      api.dispose = () => {
        disposed.push(name);
        dispose.call(api);
      };
      return api;
    };
    const session = new Session({
      accounts: new Accounts(memory, () => baseUrl),
      vault: new KeyVault(keyring.window(), 1),
      clients: () =>
        Promise.resolve({
          create: (target) => watch(clients.create(target), target.key),
          createSample: () => watch(clients.createSample(), 'sample'),
        }),
      startWithSample,
      report: (error) => reported.push(error),
    });
    openSessions.push(session);
    const kinds: string[] = [];
    session.onDidChange(({ kind }) => kinds.push(kind));
    return { session, kinds, disposed, reported };
  }

  const secretKeyFor = (url = baseUrl): string => `aiployees.key:${new URL(url).origin}`;
  const authorizations = (): (string | undefined)[] => server.requests.map(({ headers }) => headers['authorization']);
  const list = async (state: SettledState): Promise<void> => {
    assert.ok(state.kind === 'account' || state.kind === 'sample', state.kind);
    const page = await state.api.listConversations({}, { pageSize: 1 }, { signal: new AbortController().signal });
    assert.equal(page.rows.length, 1);
  };
  const waitForState = (session: Session, kind: SessionState['kind']): Promise<void> =>
    new Promise((resolve) => {
      session.onDidChange((state) => void (state.kind === kind && resolve()));
    });

  it('reads nothing until it is needed', async () => {
    const { session, kinds } = openWindow();
    await new Promise(setImmediate);
    assert.deepEqual([session.state.kind, keyring.reads, kinds], ['unread', 0, []]);
    assert.deepEqual(toContext(session.state), {});
  });

  it('reads the key once for all callers and connects to its server', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, kinds } = openWindow();
    const [one, two] = await Promise.all([session.ready(), session.ready()]);
    assert.equal(one, two);
    assert.equal(await session.ready(), one);
    assert.equal(keyring.reads, 1);
    assert.deepEqual(kinds, ['reading', 'account']);
    assert.deepEqual(toContext(session.state), { mode: 'account', hasKey: true });
    await list(one);
    assert.deepEqual(authorizations(), [`Bearer ${key}`]);
  });

  it('shares the pending read with listeners that request it', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session } = openWindow();
    const requests: Promise<SettledState>[] = [];
    session.onDidChange(() => requests.push(session.ready()));
    const state = await session.ready();
    assert.deepEqual(new Set(await Promise.all(requests)), new Set([state]));
    assert.equal(keyring.reads, 1);
  });

  it('has no key if none is stored', async () => {
    const { session } = openWindow();
    const state = await session.ready();
    assert.equal(state.kind, 'noKey');
    assert.deepEqual(toContext(state), { mode: 'noKey', hasKey: false });
  });

  for (const [mode, kind] of [
    ['fails', 'failed'],
    ['hangs', 'timeout'],
  ] as const) {
    it(`reports that the keyring ${mode} and accepts a key for this session`, async () => {
      keyring.mode = mode;
      const { session } = openWindow();
      const state = await session.ready();
      assert.equal(state.kind === 'noKey' && state.keyring?.kind, kind);
      const { current } = session.accounts;
      await assert.rejects(
        session.setKey(current, key),
        (error) => error instanceof KeyringError && error.kind === kind,
      );
      assert.equal((await session.ready()).kind, 'noKey');
      await session.setKey(current, key, 'session');
      const after = await session.ready();
      assert.equal(after.kind === 'account' && after.forThisSession, true);
      await list(after);
      assert.equal(keyring.values.size, 0);
    });
  }

  it('can remove an invalid stored key', async () => {
    keyring.values.set(secretKeyFor(), 'a\nb');
    const { session } = openWindow();
    const state = await session.ready();
    assert.deepEqual(toContext(state), { mode: 'noKey', hasKey: true });
    await session.clearKey(session.accounts.current);
    assert.deepEqual(toContext(session.state), { mode: 'noKey', hasKey: false });
  });

  it('connects on its own when a hung keyring answers', async () => {
    keyring.values.set(secretKeyFor(), key);
    keyring.mode = 'hangs';
    const { session } = openWindow();
    assert.equal((await session.ready()).kind, 'noKey');
    const connected = waitForState(session, 'account');
    keyring.answerPending();
    await connected;
  });

  it('changes the key in one step and disposes the previous client', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, kinds, disposed } = openWindow();
    await session.ready();
    await session.setKey(session.accounts.current, '42|other-key-12');
    assert.deepEqual(kinds, ['reading', 'account', 'reading', 'account']);
    assert.deepEqual(disposed, [key]);
    await list(await session.ready());
    assert.deepEqual(authorizations(), ['Bearer 42|other-key-12']);
  });

  it('cancels requests of the previous client', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session } = openWindow();
    const gate = server.hold('/user/conversations');
    const listing = list(await session.ready());
    await gate.waitForRequests();
    const ended = assert.rejects(listing, (error: { kind?: string }) => error.kind === 'cancelled');
    await session.clearKey(session.accounts.current);
    await ended;
    server.release();
    assert.equal(session.state.kind, 'noKey');
    assert.equal(keyring.values.size, 0);
  });

  it("applies another window's change once, even if events are repeated", async () => {
    keyring.values.set(secretKeyFor(), key);
    const here = openWindow();
    const there = openWindow();
    await here.session.ready();
    await there.session.ready();
    const keyChanged = waitForState(here.session, 'account');
    await there.session.setKey(there.session.accounts.current, '42|other-key-12');
    await keyChanged;
    keyring.emit(secretKeyFor());
    keyring.emit(secretKeyFor());
    await new Promise(setImmediate);
    assert.deepEqual(here.kinds, ['reading', 'account', 'account']);
    const keyRemoved = waitForState(here.session, 'noKey');
    await there.session.clearKey(there.session.accounts.current);
    await keyRemoved;
    assert.deepEqual(here.disposed, [key, '42|other-key-12']);
  });

  it('keeps its account while another window switches to another account or sample data', async () => {
    keyring.values.set(secretKeyFor(), key);
    const here = openWindow();
    const there = openWindow();
    await here.session.ready();
    await there.session.ready();
    await there.session.addAccount(describeAccount('c1', baseUrl, 'Clinic'), '42|other-key-12');
    assert.equal(here.session.account.id, 'default');
    await here.session.setKey(here.session.account, '43|third-key-123');
    await there.session.exploreSampleData();
    await here.session.clearKey(here.session.account);
    assert.equal(here.session.state.kind, 'noKey');
    assert.equal(keyring.values.has(secretKeyFor()), false);
    assert.equal(keyring.values.get(`${secretKeyFor()}#c1`), '42|other-key-12');
    assert.equal(there.session.account.id, 'c1');
    assert.equal(there.session.state.kind, 'sample');
  });

  it('keeps its key if the keyring fails after a change event', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, kinds } = openWindow();
    await session.ready();
    keyring.mode = 'fails';
    keyring.emit(secretKeyFor());
    await new Promise(setImmediate);
    assert.deepEqual(kinds, ['reading', 'account']);
  });

  it('uses another key for another origin', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, disposed } = openWindow();
    await session.ready();
    baseUrl = 'http://localhost:1/api';
    session.updateBaseUrl();
    assert.deepEqual(disposed, [key]);
    const state = await session.ready();
    assert.equal(state.kind, 'noKey');
    assert.equal(state.account.name, 'localhost:1');
    baseUrl = server.url;
    session.updateBaseUrl();
    assert.equal((await session.ready()).kind, 'account');
  });

  it('changes nothing if the new base URL is equivalent', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, kinds } = openWindow();
    await session.ready();
    baseUrl = `${server.url}/`;
    session.updateBaseUrl();
    assert.deepEqual(kinds, ['reading', 'account']);
  });

  it('sends nothing to an invalid base URL', async () => {
    baseUrl = 'http://call.aiployees.com/api';
    const { session } = openWindow();
    const state = await session.ready();
    assert.equal(state.kind === 'noKey' && state.account.address.ok, false);
    await assert.rejects(session.setKey(session.accounts.current, key));
    assert.equal(keyring.reads, 0);
  });

  it('creates a new client with the same key when the timeout changes', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, disposed } = openWindow();
    const before = await session.ready();
    session.renewClient();
    assert.deepEqual(disposed, [key]);
    assert.notEqual(session.state, before);
    await list(await session.ready());
    assert.equal(keyring.reads, 1);
  });

  it('shows sample data and returns to the previous account', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, disposed } = openWindow();
    await session.ready();
    const sample = await session.exploreSampleData();
    assert.deepEqual(toContext(sample), { mode: 'sample', hasKey: false });
    await list(sample);
    assert.deepEqual(server.requests, []);
    assert.equal((await session.leaveSampleData()).kind, 'account');
    assert.deepEqual(disposed, [key, 'sample']);
  });

  it('shows sample data again after a restart', async () => {
    await openWindow().session.exploreSampleData();
    assert.equal((await openWindow().session.ready()).kind, 'sample');
    assert.equal(keyring.reads, 0);
  });

  it('leaves sample data when a key is set', async () => {
    const { session } = openWindow();
    await session.exploreSampleData();
    await session.setKey(session.accounts.current, key);
    assert.equal(session.state.kind, 'account');
    assert.equal((await openWindow().session.ready()).kind, 'account');
  });

  it('starts with sample data if requested, unless there is a key or a choice', async () => {
    startWithSample = true;
    assert.equal((await openWindow().session.ready()).kind, 'sample');
    keyring.values.set(secretKeyFor(), key);
    assert.equal((await openWindow().session.ready()).kind, 'account');
    keyring.values.clear();
    const { session } = openWindow();
    await session.leaveSampleData();
    assert.equal((await openWindow().session.ready()).kind, 'noKey');
  });

  it('ends in the state of the last of several concurrent switches', async () => {
    const other = describeAccount('c1', `${server.url}/`, 'Clinic');
    keyring.values.set(secretKeyFor(), key).set(`${secretKeyFor()}#c1`, '42|other-key-12');
    const { session } = openWindow();
    await session.accounts.add(other);
    const results = await Promise.all([session.switchTo('c1'), session.exploreSampleData(), session.switchTo('c1')]);
    const { state } = session;
    assert.equal(state.kind === 'account' && state.account.id, 'c1');
    assert.equal(results[2], state);
  });

  describe('with a second account', () => {
    let second: Account;
    beforeEach(() => {
      second = describeAccount('c1', server.url, 'Clinic');
    });

    it("uses each account's own key", async () => {
      keyring.values.set(secretKeyFor(), key);
      const { session } = openWindow();
      await session.addAccount(second, '42|other-key-12');
      await list(await session.ready());
      await list(await session.switchTo('default'));
      assert.deepEqual(authorizations(), ['Bearer 42|other-key-12', `Bearer ${key}`]);
      assert.equal(await session.keyStatus(second), 'keyring');
    });

    it("stores nothing if its key or the account can't be stored", async () => {
      const { session } = openWindow();
      keyring.mode = 'fails';
      await assert.rejects(session.addAccount(second, key));
      assert.equal(session.accounts.list.length, 1);
      keyring.mode = 'works';
      memory.fails = true;
      await assert.rejects(session.addAccount(second, key), /no disk/);
      assert.equal(keyring.values.size, 0);
    });

    it('removes it with its key and returns to the first account', async () => {
      keyring.values.set(secretKeyFor(), key);
      const { session } = openWindow();
      await session.addAccount(second, '42|other-key-12');
      await session.removeAccount(second);
      assert.deepEqual([...keyring.values.keys()], [secretKeyFor()]);
      const state = await session.ready();
      assert.equal(state.kind === 'account' && state.account.id, 'default');
    });

    it("keeps it if its key can't be removed, unless forced", async () => {
      const { session, reported } = openWindow();
      await session.addAccount(second, key);
      keyring.mode = 'fails';
      await assert.rejects(session.removeAccount(second), KeyringError);
      assert.equal(session.accounts.list.length, 2);
      await session.removeAccount(second, true);
      assert.equal(session.accounts.list.length, 1);
      assert.equal(reported.length, 1);
    });

    it('returns the status of its key without using it', async () => {
      const { session } = openWindow();
      assert.equal(await session.keyStatus(second), 'none');
      keyring.mode = 'fails';
      assert.ok((await session.keyStatus(second)) instanceof KeyringError);
      assert.deepEqual(server.requests, []);
    });
  });

  it('checks a key without storing it', async () => {
    const { session, disposed } = openWindow();
    const check = await session.check(session.accounts.current, key, new AbortController().signal);
    assert.equal(check.kind, 'accepted');
    assert.deepEqual([keyring.values.size, disposed, session.state.kind], [0, [key], 'unread']);
  });

  it('continues if a listener throws, and reports the error', async () => {
    const { session, reported } = openWindow();
    session.onDidChange(() => {
      throw new Error('listener');
    });
    assert.equal((await session.ready()).kind, 'noKey');
    assert.equal(reported.length, 2);
  });

  it('disposes its client', async () => {
    keyring.values.set(secretKeyFor(), key);
    const { session, disposed } = openWindow();
    await session.ready();
    session.dispose();
    assert.deepEqual(disposed, [key]);
  });
});
