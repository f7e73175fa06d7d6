import assert from 'node:assert/strict';
import type { ConversationsApi } from '../../../src/core/api/api';
import { createClients } from '../../../src/shell/session/clients';
import { describeAccount, type Account } from '../../../src/shell/session/account';
import { Accounts } from '../../../src/shell/session/accounts';
import { KeyringError, KeyVault } from '../../../src/shell/session/keyVault';
import { Session } from '../../../src/shell/session/session';
import { contextOf, type SessionState, type SettledState } from '../../../src/shell/session/state';
import { startSampleServer, type SampleServer } from '../../support/sampleServer';
import { FakeKeyring, FakeMemory } from './fakes';

const key = '41|abcdefghijkl';

interface Window {
  readonly session: Session;
  readonly kinds: string[];
  readonly disposed: string[];
  readonly reported: unknown[];
}

describe('the session', () => {
  let server: SampleServer;
  let keyring: FakeKeyring;
  let memory: FakeMemory;
  let baseUrl: string;
  let beginOnSample: boolean;
  const open: Session[] = [];

  before(async () => {
    server = await startSampleServer();
  });
  after(() => server.close());
  beforeEach(() => {
    server.forgetRequests();
    keyring = new FakeKeyring();
    memory = new FakeMemory();
    baseUrl = server.url;
    beginOnSample = false;
  });
  afterEach(() => open.splice(0).forEach((session) => session.dispose()));

  /** One VS Code window's session: keyring and state are shared between windows. */
  function window(): Window {
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
      beginOnSample,
      report: (error) => reported.push(error),
    });
    open.push(session);
    const kinds: string[] = [];
    session.onDidChange(({ kind }) => kinds.push(kind));
    return { session, kinds, disposed, reported };
  }

  const place = (url = baseUrl): string => `aiployees.key:${new URL(url).origin}`;
  const authorizations = (): (string | undefined)[] => server.requests.map(({ headers }) => headers['authorization']);
  const list = async (state: SettledState): Promise<void> => {
    assert.ok(state.kind === 'account' || state.kind === 'sample', state.kind);
    const page = await state.api.listConversations({}, { pageSize: 1 }, { signal: new AbortController().signal });
    assert.equal(page.rows.length, 1);
  };
  const changed = (session: Session, kind: SessionState['kind']): Promise<void> =>
    new Promise((resolve) => {
      session.onDidChange((state) => void (state.kind === kind && resolve()));
    });

  it('reads nothing before something needs it', async () => {
    const { session, kinds } = window();
    await new Promise(setImmediate);
    assert.deepEqual([session.state.kind, keyring.reads, kinds], ['unread', 0, []]);
    assert.deepEqual(contextOf(session.state), {});
  });

  it('reads the key once for all who ask, and talks to its server', async () => {
    keyring.values.set(place(), key);
    const { session, kinds } = window();
    const [one, two] = await Promise.all([session.ready(), session.ready()]);
    assert.equal(one, two);
    assert.equal(await session.ready(), one);
    assert.equal(keyring.reads, 1);
    assert.deepEqual(kinds, ['reading', 'account']);
    assert.deepEqual(contextOf(session.state), { mode: 'account', hasKey: true });
    await list(one);
    assert.deepEqual(authorizations(), [`Bearer ${key}`]);
  });

  it('joins listeners that ask while it reads', async () => {
    keyring.values.set(place(), key);
    const { session } = window();
    const asked: Promise<SettledState>[] = [];
    session.onDidChange(() => asked.push(session.ready()));
    const state = await session.ready();
    assert.deepEqual(new Set(await Promise.all(asked)), new Set([state]));
    assert.equal(keyring.reads, 1);
  });

  it('has no key where none is kept', async () => {
    const { session } = window();
    const state = await session.ready();
    assert.equal(state.kind, 'noKey');
    assert.deepEqual(contextOf(state), { mode: 'noKey', hasKey: false });
  });

  for (const [mode, kind] of [
    ['fails', 'failed'],
    ['hangs', 'hung'],
  ] as const) {
    it(`says that the keyring ${mode}, and takes a key for this session`, async () => {
      keyring.mode = mode;
      const { session } = window();
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

  it('offers to forget rubbish', async () => {
    keyring.values.set(place(), 'a\nb');
    const { session } = window();
    const state = await session.ready();
    assert.deepEqual(contextOf(state), { mode: 'noKey', hasKey: true });
    await session.clearKey(session.accounts.current);
    assert.deepEqual(contextOf(session.state), { mode: 'noKey', hasKey: false });
  });

  it('goes on by itself when a hung keyring answers', async () => {
    keyring.values.set(place(), key);
    keyring.mode = 'hangs';
    const { session } = window();
    assert.equal((await session.ready()).kind, 'noKey');
    const going = changed(session, 'account');
    keyring.unlock();
    await going;
  });

  it('changes the key in one step, and drops the client before', async () => {
    keyring.values.set(place(), key);
    const { session, kinds, disposed } = window();
    await session.ready();
    await session.setKey(session.accounts.current, '42|other-key-12');
    assert.deepEqual(kinds, ['reading', 'account', 'reading', 'account']);
    assert.deepEqual(disposed, [key]);
    await list(await session.ready());
    assert.deepEqual(authorizations(), ['Bearer 42|other-key-12']);
  });

  it('aborts what the client before was busy with', async () => {
    keyring.values.set(place(), key);
    const { session } = window();
    const gate = server.hold('/user/conversations');
    const listing = list(await session.ready());
    await gate.arrived();
    const ended = assert.rejects(listing, (error: { kind?: string }) => error.kind === 'cancelled');
    await session.clearKey(session.accounts.current);
    await ended;
    server.release();
    assert.equal(session.state.kind, 'noKey');
    assert.equal(keyring.values.size, 0);
  });

  it('sees another window’s change, however often it is told', async () => {
    keyring.values.set(place(), key);
    const here = window();
    const there = window();
    await here.session.ready();
    await there.session.ready();
    const seen = changed(here.session, 'account');
    await there.session.setKey(there.session.accounts.current, '42|other-key-12');
    await seen;
    keyring.tell(place());
    keyring.tell(place());
    await new Promise(setImmediate);
    assert.deepEqual(here.kinds, ['reading', 'account', 'account']);
    const gone = changed(here.session, 'noKey');
    await there.session.clearKey(there.session.accounts.current);
    await gone;
    assert.deepEqual(here.disposed, [key, '42|other-key-12']);
  });

  it('stays with its own account while another window goes to another, or to sample data', async () => {
    keyring.values.set(place(), key);
    const here = window();
    const there = window();
    await here.session.ready();
    await there.session.ready();
    await there.session.addAccount(describeAccount('c1', baseUrl, 'Clinic'), '42|other-key-12');
    assert.equal(here.session.account.id, 'default');
    await here.session.setKey(here.session.account, '43|third-key-123');
    await there.session.exploreSampleData();
    await here.session.clearKey(here.session.account);
    assert.equal(here.session.state.kind, 'noKey');
    assert.equal(keyring.values.has(place()), false);
    assert.equal(keyring.values.get(`${place()}#c1`), '42|other-key-12');
    assert.equal(there.session.account.id, 'c1');
    assert.equal(there.session.state.kind, 'sample');
  });

  it('keeps its key where the keyring fails at a rumour of a change', async () => {
    keyring.values.set(place(), key);
    const { session, kinds } = window();
    await session.ready();
    keyring.mode = 'fails';
    keyring.tell(place());
    await new Promise(setImmediate);
    assert.deepEqual(kinds, ['reading', 'account']);
  });

  it('has another key for another origin', async () => {
    keyring.values.set(place(), key);
    const { session, disposed } = window();
    await session.ready();
    baseUrl = 'http://localhost:1/api';
    session.addressChanged();
    assert.deepEqual(disposed, [key]);
    const state = await session.ready();
    assert.equal(state.kind, 'noKey');
    assert.equal(state.account.name, 'localhost:1');
    baseUrl = server.url;
    session.addressChanged();
    assert.equal((await session.ready()).kind, 'account');
  });

  it('leaves everything as it is where the address only looks different', async () => {
    keyring.values.set(place(), key);
    const { session, kinds } = window();
    await session.ready();
    baseUrl = `${server.url}/`;
    session.addressChanged();
    assert.deepEqual(kinds, ['reading', 'account']);
  });

  it('sends nothing to an address that can’t be used', async () => {
    baseUrl = 'http://call.aiployees.com/api';
    const { session } = window();
    const state = await session.ready();
    assert.equal(state.kind === 'noKey' && state.account.address.ok, false);
    await assert.rejects(session.setKey(session.accounts.current, key));
    assert.equal(keyring.reads, 0);
  });

  it('makes a new client with the same key when the time limit changes', async () => {
    keyring.values.set(place(), key);
    const { session, disposed } = window();
    const before = await session.ready();
    session.renewClient();
    assert.deepEqual(disposed, [key]);
    assert.notEqual(session.state, before);
    await list(await session.ready());
    assert.equal(keyring.reads, 1);
  });

  it('shows sample data and goes back to the account that was current', async () => {
    keyring.values.set(place(), key);
    const { session, disposed } = window();
    await session.ready();
    const sample = await session.exploreSampleData();
    assert.deepEqual(contextOf(sample), { mode: 'sample', hasKey: false });
    await list(sample);
    assert.deepEqual(server.requests, []);
    assert.equal((await session.leaveSampleData()).kind, 'account');
    assert.deepEqual(disposed, [key, 'sample']);
  });

  it('shows sample data again after a restart', async () => {
    await window().session.exploreSampleData();
    assert.equal((await window().session.ready()).kind, 'sample');
    assert.equal(keyring.reads, 0);
  });

  it('leaves sample data when a key is set', async () => {
    const { session } = window();
    await session.exploreSampleData();
    await session.setKey(session.accounts.current, key);
    assert.equal(session.state.kind, 'account');
    assert.equal((await window().session.ready()).kind, 'account');
  });

  it('begins on sample data where asked to, unless there is a key or a choice', async () => {
    beginOnSample = true;
    assert.equal((await window().session.ready()).kind, 'sample');
    keyring.values.set(place(), key);
    assert.equal((await window().session.ready()).kind, 'account');
    keyring.values.clear();
    const { session } = window();
    await session.leaveSampleData();
    assert.equal((await window().session.ready()).kind, 'noKey');
  });

  it('goes where the last of several wishes wants', async () => {
    const other = describeAccount('c1', `${server.url}/`, 'Clinic');
    keyring.values.set(place(), key).set(`${place()}#c1`, '42|other-key-12');
    const { session } = window();
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

    it('uses each account’s own key', async () => {
      keyring.values.set(place(), key);
      const { session } = window();
      await session.addAccount(second, '42|other-key-12');
      await list(await session.ready());
      await list(await session.switchTo('default'));
      assert.deepEqual(authorizations(), ['Bearer 42|other-key-12', `Bearer ${key}`]);
      assert.equal(await session.keyStanding(second), 'keyring');
    });

    it('leaves nothing behind where its key can’t be kept, or the account can’t', async () => {
      const { session } = window();
      keyring.mode = 'fails';
      await assert.rejects(session.addAccount(second, key));
      assert.equal(session.accounts.list.length, 1);
      keyring.mode = 'works';
      memory.fails = true;
      await assert.rejects(session.addAccount(second, key), /no disk/);
      assert.equal(keyring.values.size, 0);
    });

    it('removes it with its key, and goes back to the first', async () => {
      keyring.values.set(place(), key);
      const { session } = window();
      await session.addAccount(second, '42|other-key-12');
      await session.removeAccount(second);
      assert.deepEqual([...keyring.values.keys()], [place()]);
      const state = await session.ready();
      assert.equal(state.kind === 'account' && state.account.id, 'default');
    });

    it('keeps it where its key can’t be forgotten, unless told otherwise', async () => {
      const { session, reported } = window();
      await session.addAccount(second, key);
      keyring.mode = 'fails';
      await assert.rejects(session.removeAccount(second), KeyringError);
      assert.equal(session.accounts.list.length, 2);
      await session.removeAccount(second, true);
      assert.equal(session.accounts.list.length, 1);
      assert.equal(reported.length, 1);
    });

    it('says how its key stands, without using it', async () => {
      const { session } = window();
      assert.equal(await session.keyStanding(second), 'none');
      keyring.mode = 'fails';
      assert.ok((await session.keyStanding(second)) instanceof KeyringError);
      assert.deepEqual(server.requests, []);
    });
  });

  it('checks a key without keeping it', async () => {
    const { session, disposed } = window();
    const check = await session.check(session.accounts.current, key, new AbortController().signal);
    assert.equal(check.kind, 'accepted');
    assert.deepEqual([keyring.values.size, disposed, session.state.kind], [0, [key], 'unread']);
  });

  it('goes on where a listener throws, and reports it', async () => {
    const { session, reported } = window();
    session.onDidChange(() => {
      throw new Error('listener');
    });
    assert.equal((await session.ready()).kind, 'noKey');
    assert.equal(reported.length, 2);
  });

  it('lets go of everything', async () => {
    keyring.values.set(place(), key);
    const { session, disposed } = window();
    await session.ready();
    session.dispose();
    assert.deepEqual(disposed, [key]);
  });
});
