import assert from 'node:assert/strict';
import { describeAccount } from '../../../src/shell/session/account';
import { Accounts } from '../../../src/shell/session/accounts';
import { FakeMemory } from './fakes';

describe('the accounts', () => {
  let memory: FakeMemory;
  let baseUrl: string;
  let accounts: Accounts;
  beforeEach(() => {
    memory = new FakeMemory();
    baseUrl = 'https://call.aiployees.com/api';
    accounts = new Accounts(memory, () => baseUrl);
  });

  const clinic = describeAccount('c1', 'https://portal.example.test/api/', ' Clinic ');

  it('begin with the one that the settings describe, called by its host', () => {
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

  it('have no origin where the setting can’t be an address', () => {
    for (const [written, reason] of [
      ['', 'empty'],
      ['http://call.aiployees.com/api', 'plainHttp'],
      ['nonsense', 'notAUrl'],
      ['https://me:secret@call.aiployees.com', 'credentials'],
    ] as const) {
      baseUrl = written;
      assert.deepEqual(accounts.current.address, { ok: false, reason }, written);
      assert.notEqual(accounts.current.name, '', written);
      assert.doesNotMatch(JSON.stringify(accounts.current), /secret/);
    }
  });

  it('are added, chosen and removed, over a restart too', async () => {
    await accounts.add(clinic);
    await accounts.choose('c1');
    const again = new Accounts(memory, () => baseUrl);
    assert.deepEqual(
      again.list.map(({ name }) => name),
      ['call.aiployees.com', 'Clinic'],
    );
    assert.deepEqual(again.current, clinic);
    assert.equal(clinic.baseUrl, 'https://portal.example.test/api');
    await again.remove('c1');
    assert.equal(again.current.id, 'default');
  });

  it('remember that sample data was chosen, and in whose place', async () => {
    await accounts.add(clinic);
    await accounts.choose('c1', true);
    assert.equal(accounts.sampleChosen, true);
    assert.equal(accounts.current.id, 'c1');
  });

  it('tell when they change', async () => {
    let told = 0;
    accounts.onDidChange(() => told++);
    await accounts.add(clinic);
    await accounts.choose('c1');
    await accounts.remove('c1');
    assert.equal(told, 3);
  });

  it('want a name of their own', async () => {
    await accounts.add(clinic);
    assert.equal(accounts.nameProblem('  '), 'empty');
    assert.equal(accounts.nameProblem('clinic '), 'taken');
    assert.equal(accounts.nameProblem('CALL.aiployees.com'), 'taken');
    assert.equal(accounts.nameProblem('Clinic 2'), undefined);
  });

  it('take no address that a key must not be sent to', () => {
    assert.equal(accounts.baseUrlProblem('http://portal.example.test/api'), 'plainHttp');
    assert.equal(accounts.baseUrlProblem('ftp://portal.example.test'), 'scheme');
    assert.equal(accounts.baseUrlProblem('http://127.0.0.1:8080/api'), undefined);
    assert.equal(accounts.baseUrlProblem('https://portal.example.test/api'), undefined);
  });

  it('survive rubbish in the state', () => {
    for (const rubbish of [7, 'x', {}, [null, 7, {}, { id: 'a', name: 'A', baseUrl: 'http://far.test' }]]) {
      memory.values.set('aiployees.accounts', rubbish);
      memory.values.set('aiployees.choice', rubbish);
      assert.deepEqual(
        accounts.list.map(({ id }) => id),
        ['default'],
        JSON.stringify(rubbish),
      );
      assert.equal(accounts.current.id, 'default');
    }
  });
});
