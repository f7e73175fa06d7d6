import assert from 'node:assert/strict';
import { KeyringError, firstAccountId, KeyVault, secretId } from '../../../src/shell/session/keyVault';
import { FakeKeyring } from './fakes';

const first = { origin: 'https://call.aiployees.com', accountId: firstAccountId };
const id = 'aiployees.key:https://call.aiployees.com';
const key = '41|abcdefghijkl';

describe('the key vault', () => {
  let keyring: FakeKeyring;
  let vault: KeyVault;
  beforeEach(() => {
    keyring = new FakeKeyring();
    vault = new KeyVault(keyring.window(), 1);
  });
  afterEach(() => vault.dispose());

  const failure = async (doing: Promise<unknown>): Promise<[string, string]> => {
    const error = await doing.then(
      () => assert.fail('did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof KeyringError, String(error));
    assert.ok(!JSON.stringify([error.message, error.stack]).includes(key), 'the error holds the key');
    return [error.kind, error.task];
  };

  it('keeps a key under its origin, and further accounts’ keys under their id too', async () => {
    await vault.keep(first, key);
    await vault.keep({ ...first, accountId: 'clinic' }, '42|other');
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

  it('forgets a key', async () => {
    await vault.keep(first, key);
    await vault.forget(first);
    assert.equal(await vault.read(first), undefined);
    assert.equal(keyring.values.size, 0);
  });

  it('says that the keyring failed, for each of its tasks', async () => {
    keyring.mode = 'fails';
    assert.deepEqual(await failure(vault.read(first)), ['failed', 'read']);
    assert.deepEqual(await failure(vault.keep(first, key)), ['failed', 'keep']);
    assert.deepEqual(await failure(vault.forget(first)), ['failed', 'forget']);
  });

  it('says that the keyring hangs, for each of its tasks', async () => {
    keyring.mode = 'hangs';
    assert.deepEqual(await failure(vault.read(first)), ['hung', 'read']);
    assert.deepEqual(await failure(vault.keep(first, key)), ['hung', 'keep']);
    assert.deepEqual(await failure(vault.forget(first)), ['hung', 'forget']);
  });

  it('takes no rubbish for a key', async () => {
    for (const rubbish of [7, null, {}, '', '  ', 'a\nb', 'ключ']) {
      keyring.values.set(id, rubbish);
      assert.deepEqual(await failure(vault.read(first)), ['rubbish', 'read'], JSON.stringify(rubbish));
    }
  });

  it('keeps a key for the session without touching the keyring', async () => {
    keyring.mode = 'fails';
    vault.keepForSession(first, key);
    assert.deepEqual(await vault.read(first), { key, where: 'session' });
    assert.equal(keyring.reads, 0);
    await failure(vault.forget(first));
    keyring.mode = 'works';
    assert.equal(await vault.read(first), undefined);
  });

  it('lets a key that is kept take the place of the session’s', async () => {
    vault.keepForSession(first, '1|old');
    await vault.keep(first, key);
    assert.deepEqual(await vault.read(first), { key, where: 'keyring' });
  });

  it('takes a key back that the keyring kept after it was given up', async () => {
    keyring.mode = 'hangs';
    assert.deepEqual(await failure(vault.keep(first, key)), ['hung', 'keep']);
    keyring.mode = 'works';
    const takenBack = new Promise<void>((resolve) => {
      vault.onDidChange(() => void (keyring.values.size === 0 && resolve()));
    });
    keyring.unlock();
    await takenBack;
    assert.equal(await vault.read(first), undefined);
  });

  it('leaves a key alone that was kept anew after a try that hung', async () => {
    keyring.mode = 'hangs';
    await failure(vault.keep(first, key));
    keyring.mode = 'works';
    await vault.keep(first, key);
    const told = new Promise<void>((resolve) => void vault.onDidChange(() => resolve()));
    keyring.unlock();
    await told;
    await new Promise(setImmediate);
    assert.deepEqual(await vault.read(first), { key, where: 'keyring' });
  });

  it('tells of a keyring that answers a read too late', async () => {
    keyring.values.set(id, key);
    keyring.mode = 'hangs';
    const told = new Promise<string>((resolve) => void vault.onDidChange(resolve));
    await failure(vault.read(first));
    keyring.unlock();
    assert.equal(await told, secretId(first));
  });

  it('tells of other windows’ changes to its own secrets, until it is disposed', async () => {
    const told: string[] = [];
    vault.onDidChange((each) => told.push(each));
    const other = new KeyVault(keyring.window());
    await other.keep(first, key);
    keyring.tell('somebody.else');
    assert.deepEqual(told, [id]);
    other.dispose();
    vault.dispose();
    assert.equal(keyring.watched, false);
  });
});
