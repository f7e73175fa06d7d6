import assert from 'node:assert/strict';
import { createAssistantReference, findAssistant } from '../../../src/core/testing/assistants';
import { countRunMessages } from '../../../src/core/testing/countRunMessages';
import type { TestResult } from '../../../src/core/testing/result';
import { type SuitesOptions, runSuites } from '../../../src/core/testing/runSuites';
import type { TestCase, TestSuite } from '../../../src/core/testing/suite';
import { type SampleServer, startSampleServer } from '../../support/sampleServer';
import { type Connection, connect, createOptions, createSuite, createTest, listWrites, sendTurn } from './support';

const createNamed = (description: string, change: Partial<TestCase> = {}): TestCase =>
  createTest({ description, turns: [sendTurn(description)], ...change });

describe('Conversation tests of several files', () => {
  let server: SampleServer;
  let connection: Connection;

  beforeEach(async () => {
    server = await startSampleServer();
    connection = connect(server);
  });
  afterEach(async () => {
    connection.api.dispose();
    await server.close();
  });

  async function run(
    suites: readonly TestSuite[],
    change: Partial<SuitesOptions> = {},
  ): Promise<ReadonlyMap<TestCase, TestResult>> {
    const assistants = await connection.api.listAssistants({ signal: new AbortController().signal });
    const files = suites.map((suite) => ({ suite, tests: suite.tests }));
    return runSuites(files, connection, { ...createOptions(), assistants, ...change });
  }

  const verdicts = (results: ReadonlyMap<TestCase, TestResult>): Record<string, string> =>
    Object.fromEntries([...results].map(([{ description }, { verdict }]) => [description, verdict]));

  it('runs the tests of a file in order, and three files at the same time', async () => {
    const gate = server.hold(({ body }) => body.includes('first'));
    const suites = ['a', 'b', 'c', 'd'].map((file) =>
      createSuite([createNamed(`${file} first`), createNamed(`${file} second`)]),
    );
    const started: string[] = [];
    const running = run(suites, { onStart: ({ description }) => started.push(description) });
    await gate.waitForRequests(3);
    assert.deepEqual(started, ['a first', 'b first', 'c first']);
    gate.release();
    const results = await running;
    assert.equal(results.size, 8);
    for (const file of ['a', 'b', 'c', 'd']) {
      const sent = listWrites(server).filter((each) => each.startsWith(`send ${file}`));
      assert.deepEqual(sent, [`send ${file} first`, `send ${file} second`]);
    }
  });

  it('never runs more files at the same time than asked', async () => {
    const gate = server.hold(({ body }) => body.includes('first'));
    const started: string[] = [];
    const suites = ['a', 'b'].map((file) => createSuite([createNamed(`${file} first`)]));
    const running = run(suites, { parallel: 1, onStart: ({ description }) => started.push(description) });
    await gate.waitForRequests();
    assert.deepEqual(started, ['a first']);
    gate.release();
    await running;
  });

  it('is errored without sending anything if the assistant is unknown or its name is ambiguous', async () => {
    const results = await run([
      createSuite([createNamed('unknown')], 'Nobody'),
      createSuite([createNamed('ambiguous')], 'Support Assistant'),
      { ...createSuite([createNamed('by ID')]), assistant: { name: 'Support Assistant', id: 371 } },
      { ...createSuite([createNamed('wrong ID')]), assistant: { name: 'Clinic Desk', id: 371 } },
    ]);
    assert.deepEqual(verdicts(results), {
      unknown: 'errored',
      ambiguous: 'errored',
      'by ID': 'passed',
      'wrong ID': 'errored',
    });
    const messages = [...results.values()].map(({ runs }) => runs[0]?.failures[0]?.message);
    assert.equal(messages.length, 4);
    assert.ok(messages.includes('This account has no assistant called Nobody.'));
    assert.ok(
      messages.includes(
        'Several assistants are called Support Assistant. Add the ID of one of them to the file: 355, 371.',
      ),
    );
    assert.equal(listWrites(server).length, 2);
  });

  it('runs all tests with another assistant if asked', async () => {
    await run([createSuite([createNamed('one')])], { assistant: { name: 'Order Desk', id: undefined } });
    assert.match(server.requests.find(({ method }) => method === 'POST')?.body ?? '', /7be02f6a/);
  });

  it('skips the rest after an error that no other test could avoid', async () => {
    server.failNext({ match: ({ body }) => body.includes('b one'), status: 401 });
    const results = await run(
      [createSuite([createNamed('a one')]), createSuite([createNamed('b one'), createNamed('b two')])],
      {
        parallel: 1,
      },
    );
    assert.deepEqual(verdicts(results), { 'a one': 'passed', 'b one': 'errored', 'b two': 'skipped' });
    assert.equal([...results.values()].at(-1)?.skipped, 'Not run. Error: unauthorized.');
    assert.ok(!listWrites(server).includes('send b two'));
  });

  it("skips the tests that haven't started when stopped", async () => {
    const stop = new AbortController();
    const gate = server.hold(({ body }) => body.includes('one'));
    const running = run([createSuite([createNamed('one'), createNamed('two'), createNamed('three', { skip: '' })])], {
      stop: stop.signal,
    });
    await gate.waitForRequests();
    stop.abort();
    gate.release();
    const results = await running;
    assert.deepEqual(verdicts(results), { one: 'passed', two: 'skipped', three: 'skipped' });
    assert.deepEqual(
      [...results.values()].map(({ skipped }) => skipped),
      [undefined, 'Stopped before it started.', ''],
    );
    assert.deepEqual(listWrites(server), ['create', 'send one']);
  });

  it("doesn't delay the user's requests", async () => {
    const gate = server.hold(({ method }) => method === 'POST');
    const suites = ['a', 'b', 'c'].map((file) => createSuite([createNamed(file)]));
    const running = run(suites);
    await gate.waitForRequests(3);
    const requests = ['/user/me', '/user/me'].map(() =>
      connection.api.getKeyOwner({ signal: AbortSignal.timeout(5000) }),
    );
    await Promise.all(requests);
    gate.release();
    await running;
  });

  it('reports each start and result once, but no start of a skipped test', async () => {
    const events: string[] = [];
    await run([createSuite([createNamed('one'), createNamed('two', { skip: 'Later.' })])], {
      onStart: ({ description }) => events.push(`start ${description}`),
      onTurn: ({ description }, { number }, runNumber) => events.push(`turn ${description} ${runNumber} ${number}`),
      onEnd: ({ description }, { verdict }) => events.push(`end ${description} ${verdict}`),
    });
    assert.deepEqual(events, ['start one', 'turn one 1 0', 'turn one 1 1', 'end one passed', 'end two skipped']);
  });
});

describe('countRunMessages', () => {
  const turns = [sendTurn('One'), sendTurn('Two')];

  it('counts the messages and conversations of a run', () => {
    const tests = [
      createTest({ turns }),
      createTest({ turns, repeat: 5, mustPass: 3 }),
      createTest({ turns, skip: 'Later.' }),
    ];
    assert.deepEqual(countRunMessages(tests), {
      tests: 2,
      conversations: { min: 4, max: 6 },
      messages: { min: 8, max: 12 },
    });
  });

  it('counts repeats that never end early', () => {
    const tests = [createTest({ turns }), createTest({ turns, repeat: 3, mustPass: 2 })];
    assert.deepEqual(countRunMessages(tests, { repeat: 5, canEndEarly: false }).messages, { min: 20, max: 20 });
    assert.deepEqual(countRunMessages(tests, { repeat: 5 }).messages, { min: 18, max: 20 });
  });
});

describe('The assistant of a test file', () => {
  const assistants = [
    { serverId: 1, uuid: 'a', name: 'Clinic Desk' },
    { serverId: 2, uuid: 'b', name: 'Clinic Desk', isDeleted: true },
    { serverId: 3, uuid: 'c', name: 'Support ' },
    { serverId: 4, uuid: 'd', name: 'Support' },
  ] as const;

  it('is named by its name, and by its ID if another one has the same name', () => {
    assert.deepEqual(createAssistantReference('a', assistants), { name: 'Clinic Desk', id: undefined });
    assert.deepEqual(createAssistantReference('d', assistants), { name: 'Support', id: 4 });
    assert.equal(createAssistantReference('x', assistants), undefined);
  });

  it('is found by the reference that is written for it', () => {
    for (const assistant of [assistants[0], assistants[2], assistants[3]]) {
      const reference = createAssistantReference(assistant.uuid, assistants);
      assert.ok(reference);
      assert.deepEqual(findAssistant(reference, assistants), { kind: 'found', assistant });
    }
    assert.deepEqual(findAssistant({ name: 'Support', id: undefined }, assistants), { kind: 'ambiguous', ids: [3, 4] });
  });
});
