import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addAccount, clearApiKey, removeAccount, setApiKey, switchAccount } from '../../src/shell/commands/account';
import { describeAccount } from '../../src/shell/session/account';
import { Accounts } from '../../src/shell/session/accounts';
import { createClients } from '../../src/shell/session/clients';
import { KeyVault } from '../../src/shell/session/keyVault';
import { Session } from '../../src/shell/session/session';
import { FakeKeyring, FakeMemory } from '../core/session/fakes';
import { startSampleServer, type SampleServer } from '../support/sampleServer';
import { Inputs } from './support/inputs';

const key = '41|abcdefghijkl';

describe('API keys and accounts in VS Code', () => {
  let server: SampleServer;
  let keyring: FakeKeyring;
  let baseUrl: string;
  let session: Session;
  let inputs: Inputs;

  beforeEach(async () => {
    server = await startSampleServer({ acceptedKeys: [key] });
    keyring = new FakeKeyring();
    baseUrl = server.url;
    const clients = createClients({ timeoutMs: () => 5000, log: () => undefined, userAgent: 'test' });
    session = new Session({
      accounts: new Accounts(new FakeMemory(), () => baseUrl),
      vault: new KeyVault(keyring.window(), 1),
      clients: () => Promise.resolve(clients),
      startWithSample: false,
      report: (error) => assert.fail(String(error)),
    });
    inputs = new Inputs();
  });
  afterEach(async () => {
    inputs.dispose();
    session.dispose();
    await server.close();
  });

  const host = (): string => new URL(baseUrl).host;
  const storedValues = (): unknown[] => [...keyring.values.values()];

  it('masks, checks, and saves the API key, and names its owner', async () => {
    const done = setApiKey(session);
    const box = await inputs.next('input');
    assert.equal(box.password, true);
    assert.equal(box.ignoreFocusOut, true);
    assert.ok(box.prompt?.includes(baseUrl), box.prompt);
    await inputs.enter(box, ` "${key}"\n`);
    await done;
    assert.deepEqual(storedValues(), [key]);
    assert.match(inputs.notifications[0] ?? '', new RegExp(`^API key saved for ${host()}: .+ \\(.+@.+\\)\\.$`));
    assert.equal(session.state.kind, 'account');
    assert.ok(inputs.notifications.every((message) => !message.includes(key)));
  });

  it('keeps the input box open if the server rejects the API key', async () => {
    const done = setApiKey(session);
    const box = await inputs.next('input');
    await inputs.enter(box, '41|wrongwrongwrong');
    await inputs.message(box, /rejected this API key/);
    assert.deepEqual(storedValues(), []);
    await inputs.enter(box, key);
    await done;
    assert.deepEqual(storedValues(), [key]);
  });

  it("sends no text that can't be an API key", async () => {
    const done = setApiKey(session);
    const box = await inputs.next('input');
    await inputs.enter(box, 'ключ');
    await inputs.message(box, /characters/);
    await inputs.enter(box, '  ');
    await inputs.message(box, /Enter an API key/);
    await inputs.escape(box);
    await done;
    assert.deepEqual(server.requests, []);
  });

  it('saves an unchecked API key only on request', async () => {
    await server.close();
    server = await startSampleServer();
    inputs.answer('Save Anyway');
    const done = setApiKey(session);
    await inputs.enter(await inputs.next('input'), key);
    await done;
    assert.match(inputs.notifications[0] ?? '', /Couldn't verify the API key.*ECONNREFUSED/);
    assert.match(inputs.notifications[1] ?? '', /hasn't been verified yet/);
    assert.deepEqual(storedValues(), [key]);
  });

  it('checks the API key again on request', async () => {
    server.failNext({ match: '/user/me', instead: 'disconnect', times: 4 });
    inputs.answer('Retry');
    const done = setApiKey(session);
    await inputs.enter(await inputs.next('input'), key);
    await done;
    assert.deepEqual(storedValues(), [key]);
    assert.match(inputs.notifications[1] ?? '', /^API key saved/);
  });

  it('uses the API key for this session if the keyring fails', async () => {
    keyring.mode = 'fails';
    inputs.answer('Use for This Session Only');
    const done = setApiKey(session);
    await inputs.enter(await inputs.next('input'), key);
    await done;
    assert.match(inputs.notifications[0] ?? '', /keyring reported an error/);
    assert.match(inputs.notifications[1] ?? '', /until you close this window/);
    assert.equal(session.state.kind === 'account' && session.state.forThisSession, true);
  });

  it('cancels the check when the input box is closed', async () => {
    const gate = server.hold('/user/me');
    const done = setApiKey(session);
    const box = await inputs.next('input');
    await inputs.enter(box, key);
    await gate.waitForRequests();
    await inputs.escape(box);
    await done;
    server.release();
    assert.deepEqual([storedValues(), inputs.notifications, session.state.kind], [[], [], 'unread']);
  });

  it('clears the API key and names its account', async () => {
    await session.setKey(session.accounts.current, key);
    await clearApiKey(session);
    assert.deepEqual(inputs.notifications, [`Cleared the API key for ${host()}.`]);
    assert.deepEqual([storedValues(), session.state.kind], [[], 'noKey']);
  });

  it('reports an invalid base URL instead of asking for its API key', async () => {
    baseUrl = 'http://call.aiployees.com/api';
    await setApiKey(session);
    assert.match(inputs.notifications[0] ?? '', /Can't use .* as the base URL.*Use https/);
  });

  it('adds an account in three steps and switches to it', async () => {
    const done = addAccount(session);
    await inputs.enter(await inputs.next('input'), 'Clinic');
    const address = await inputs.next('input');
    await inputs.enter(address, 'http://portal.example.test/api');
    await inputs.message(address, /Use https/);
    await inputs.enter(address, `${server.url}/`);
    const last = await inputs.next('input');
    assert.deepEqual([last.step, last.totalSteps, last.password], [3, 3, true]);
    await inputs.enter(last, key);
    await done;
    assert.equal(session.state.kind === 'account' && session.state.account.name, 'Clinic');
    assert.equal(session.accounts.list.length, 2);
  });

  it('saves nothing if Add Account is canceled at any step', async () => {
    for (const steps of [[], ['Clinic'], ['Clinic', server.url]]) {
      const done = addAccount(session);
      for (const value of steps) await inputs.enter(await inputs.next('input'), value);
      await inputs.escape(await inputs.next('input'));
      await done;
      assert.deepEqual([session.accounts.list.length, storedValues(), session.state.kind], [1, [], 'unread']);
    }
  });

  it('switches to another account, to sample data, and back', async () => {
    await session.setKey(session.accounts.current, key);
    const done = switchAccount(session);
    const pick = await inputs.next('pick');
    const label = pick.items.map((item) => item.label);
    assert.deepEqual(label, [host(), 'Sample data', '', 'Add Account…']);
    assert.match(pick.items[0]?.description ?? '', /^current · http/);
    await inputs.items(pick, (items) => items[0]?.detail === 'API key saved');
    await inputs.pick(pick, 'Sample data');
    await done;
    assert.equal(session.state.kind, 'sample');
    const back = switchAccount(session);
    await inputs.pick(await inputs.next('pick'), host());
    await back;
    assert.equal(session.state.kind, 'account');
  });

  it('removes an account with its API key after a confirmation', async () => {
    await session.addAccount(describeAccount('c1', server.url, 'Clinic'), key);
    const { showQuickPick } = vscode.window;
    const pickFirst = async (items: readonly unknown[]): Promise<unknown> => items[0];
    Object.assign(vscode.window, { showQuickPick: pickFirst });
    try {
      await removeAccount(session);
      assert.equal(session.accounts.list.length, 2);
      inputs.answer('Remove');
      await removeAccount(session);
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    assert.equal(session.accounts.list.length, 1);
    assert.deepEqual(storedValues(), []);
    assert.equal(inputs.notifications.at(-1), 'Removed the account "Clinic" and its API key.');
  });
});
