import assert from 'node:assert/strict';
import { KeyringError, firstAccountId, KeyVault, createSecretId } from '../../../src/shell/session/keyVault';
import { FakeKeyring } from './fakes';

const first = { origin: 'https://call.aiployees.com', accountId: firstAccountId };
const id = 'aiployees.key:https://call.aiployees.com';
const key = '41|abcdefghijkl';

describe('KeyVault', () => {
  let keyring: FakeKeyring;
  let vault: KeyVault;
  beforeEach(() => {
    keyring = new FakeKeyring();
    vault = new KeyVault(keyring.window(), 1);
  });
  afterEach(() => vault.dispose());

  const failure = async (operation: Promise<unknown>): Promise<[string, string]> => {
    const error = await operation.then(
      () => assert.fail('did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof KeyringError, String(error));
    assert.ok(!JSON.stringify([error.message, error.stack]).includes(key), 'the error contains the key');
    return [error.kind, error.task];
  };

  it('stores a key under its origin, and keys of added accounts under their ID too', async () => {
    await vault.store(first, key);
    await vault.store({ ...first, accountId: 'clinic' }, '42|other');
    assert.deepEqual(
      [...keyring.values],
      [
        [id, key],
        [`${id}#clinic`, '42|other'],
      ],
    );
    assert.deepEqual(await vault.read(first), { key, where: 'keyring' });
    assert.equal(await vault.read({ origin: 'https://elsewhere.test', accountId: firstAccountId }), undefined);
  });

  it('removes a key', async () => {
    await vault.store(first, key);
    await vault.remove(first);
    assert.equal(await vault.read(first), undefined);
    assert.equal(keyring.values.size, 0);
  });

  it('reports a failed keyring for each task', async () => {
    keyring.mode = 'fails';
    assert.deepEqual(await failure(vault.read(first)), ['failed', 'read']);
    assert.deepEqual(await failure(vault.store(first, key)), ['failed', 'store']);
    assert.deepEqual(await failure(vault.remove(first)), ['failed', 'remove']);
  });

  it('reports a hung keyring for each task', async () => {
    keyring.mode = 'hangs';
    assert.deepEqual(await failure(vault.read(first)), ['timeout', 'read']);
    assert.deepEqual(await failure(vault.store(first, key)), ['timeout', 'store']);
    assert.deepEqual(await failure(vault.remove(first)), ['timeout', 'remove']);
  });

  it('rejects invalid stored values', async () => {
    for (const invalid of [7, null, {}, '', '  ', 'a\nb', 'ключ']) {
      keyring.values.set(id, invalid);
      assert.deepEqual(await failure(vault.read(first)), ['invalid', 'read'], JSON.stringify(invalid));
    }
  });

  it('holds a key for the session without using the keyring', async () => {
    keyring.mode = 'fails';
    vault.storeForSession(first, key);
    assert.deepEqual(await vault.read(first), { key, where: 'session' });
    assert.equal(keyring.reads, 0);
    await failure(vault.remove(first));
    keyring.mode = 'works';
    assert.equal(await vault.read(first), undefined);
  });

  it("replaces the session's key with a stored key", async () => {
    vault.storeForSession(first, '1|old');
    await vault.store(first, key);
    assert.deepEqual(await vault.read(first), { key, where: 'keyring' });
  });

  it('removes a key that the keyring stored after the timeout', async () => {
    keyring.mode = 'hangs';
    assert.deepEqual(await failure(vault.store(first, key)), ['timeout', 'store']);
    keyring.mode = 'works';
    const removed = new Promise<void>((resolve) => {
      vault.onDidChange(() => void (keyring.values.size === 0 && resolve()));
    });
    keyring.answerPending();
    await removed;
    assert.equal(await vault.read(first), undefined);
  });

  it("doesn't remove a key that was stored again after a timeout", async () => {
    keyring.mode = 'hangs';
    await failure(vault.store(first, key));
    keyring.mode = 'works';
    await vault.store(first, key);
    const changed = new Promise<void>((resolve) => void vault.onDidChange(() => resolve()));
    keyring.answerPending();
    await changed;
    await new Promise(setImmediate);
    assert.deepEqual(await vault.read(first), { key, where: 'keyring' });
  });

  it('emits a change when the keyring answers a read late', async () => {
    keyring.values.set(id, key);
    keyring.mode = 'hangs';
    const changed = new Promise<string>((resolve) => void vault.onDidChange(resolve));
    await failure(vault.read(first));
    keyring.answerPending();
    assert.equal(await changed, createSecretId(first));
  });

  it("emits other windows' changes to its own secrets until it is disposed", async () => {
    const changes: string[] = [];
    vault.onDidChange((each) => changes.push(each));
    const other = new KeyVault(keyring.window());
    await other.store(first, key);
    keyring.emit('other.extension');
    assert.deepEqual(changes, [id]);
    other.dispose();
    vault.dispose();
    assert.equal(keyring.hasListeners, false);
  });
});
