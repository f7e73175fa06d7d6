import assert from 'node:assert/strict';
import { describeAccount } from '../../../src/shell/session/account';
import { Accounts } from '../../../src/shell/session/accounts';
import { FakeMemory } from './fakes';

describe('Accounts', () => {
  let memory: FakeMemory;
  let baseUrl: string;
  let accounts: Accounts;
  beforeEach(() => {
    memory = new FakeMemory();
    baseUrl = 'https://call.aiployees.com/api';
    accounts = new Accounts(memory, () => baseUrl);
  });

  const clinic = describeAccount('c1', 'https://portal.example.test/api/', ' Clinic ');

  it('start with the account from the settings, named by its host', () => {
    assert.deepEqual(accounts.list, [
      {
        id: 'default',
        name: 'call.aiployees.com',
        baseUrl: 'https://call.aiployees.com/api',
        address: { ok: true, origin: 'https://call.aiployees.com', host: 'call.aiployees.com' },
      },
    ]);
    assert.equal(accounts.current.id, 'default');
    assert.equal(accounts.sampleChosen, undefined);
  });

  it('follow the setting', () => {
    baseUrl = 'http://127.0.0.1:8080/api';
    assert.equal(accounts.current.name, '127.0.0.1:8080');
  });

  it('have no origin if the base URL is invalid', () => {
    for (const [invalidUrl, reason] of [
      ['', 'empty'],
      ['http://call.aiployees.com/api', 'plainHttp'],
      ['nonsense', 'notAUrl'],
      ['https://me:secret@call.aiployees.com', 'credentials'],
    ] as const) {
      baseUrl = invalidUrl;
      assert.deepEqual(accounts.current.address, { ok: false, reason }, invalidUrl);
      assert.notEqual(accounts.current.name, '', invalidUrl);
      assert.doesNotMatch(JSON.stringify(accounts.current), /secret/);
    }
  });

  it('can be added, selected, and removed, and survive a restart', async () => {
    await accounts.add(clinic);
    await accounts.choose('c1');
    const restarted = new Accounts(memory, () => baseUrl);
    assert.deepEqual(
      restarted.list.map(({ name }) => name),
      ['call.aiployees.com', 'Clinic'],
    );
    assert.deepEqual(restarted.current, clinic);
    assert.equal(clinic.baseUrl, 'https://portal.example.test/api');
    await restarted.remove('c1');
    assert.equal(restarted.current.id, 'default');
  });

  it('remember that sample data was selected and the account before it', async () => {
    await accounts.add(clinic);
    await accounts.choose('c1', true);
    assert.equal(accounts.sampleChosen, true);
    assert.equal(accounts.current.id, 'c1');
  });

  it('emit changes', async () => {
    let changeCount = 0;
    accounts.onDidChange(() => changeCount++);
    await accounts.add(clinic);
    await accounts.choose('c1');
    await accounts.remove('c1');
    assert.equal(changeCount, 3);
  });

  it('require unique names', async () => {
    await accounts.add(clinic);
    assert.equal(accounts.findNameProblem('  '), 'empty');
    assert.equal(accounts.findNameProblem('clinic '), 'taken');
    assert.equal(accounts.findNameProblem('CALL.aiployees.com'), 'taken');
    assert.equal(accounts.findNameProblem('Clinic 2'), undefined);
  });

  it('reject a base URL to which a key must not be sent', () => {
    assert.equal(accounts.findBaseUrlProblem('http://portal.example.test/api'), 'plainHttp');
    assert.equal(accounts.findBaseUrlProblem('ftp://portal.example.test'), 'scheme');
    assert.equal(accounts.findBaseUrlProblem('http://127.0.0.1:8080/api'), undefined);
    assert.equal(accounts.findBaseUrlProblem('https://portal.example.test/api'), undefined);
  });

  it('ignore invalid state', () => {
    for (const invalidState of [7, 'x', {}, [null, 7, {}, { id: 'a', name: 'A', baseUrl: 'http://far.test' }]]) {
      memory.values.set('aiployees.accounts', invalidState);
      memory.values.set('aiployees.choice', invalidState);
      assert.deepEqual(
        accounts.list.map(({ id }) => id),
        ['default'],
        JSON.stringify(invalidState),
      );
      assert.equal(accounts.current.id, 'default');
    }
  });
});
