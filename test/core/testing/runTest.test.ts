import assert from 'node:assert/strict';
import type { TestResult } from '../../../src/core/testing/result';
import type { TestOptions } from '../../../src/core/testing/runOptions';
import { type FinishedTest, runTest } from '../../../src/core/testing/runTest';
import type { TestCase } from '../../../src/core/testing/suite';
import { sampleAssistants } from '../../../src/sample/assistants';
import { type Fault, type SampleServer, startSampleServer } from '../../support/sampleServer';
import { connect, contains, createOptions, createSuite, createTest, listWrites, sendTurn } from './support';

const assistantUuid = sampleAssistants[0]?.uuid ?? '';
const silentUuid = sampleAssistants.find(({ initialMessage }) => initialMessage === null)?.uuid ?? '';
const isMessage = /\/messages$/;
const twoTurns = [sendTurn('When is a slot free?', 'Shall I book one?'), sendTurn('Yes, please.', 'Booked')];

describe('A conversation test', () => {
  let server: SampleServer;

  beforeEach(async () => {
    server = await startSampleServer();
  });
  afterEach(() => server.close());

  async function run(test: TestCase, change: Partial<TestOptions> = {}, uuid = assistantUuid): Promise<FinishedTest> {
    const connection = connect(server);
    try {
      return await runTest(
        { test, suite: createSuite([test]), assistantUuid: uuid },
        connection,
        createOptions(change),
      );
    } finally {
      connection.api.dispose();
    }
  }

  const messagesOf = ({ runs }: TestResult): string[] =>
    runs.flatMap(({ failures }) => failures.map(({ kind, message }) => `${kind}: ${message}`));

  it('creates one test conversation with its variables and sends each message once, in order', async () => {
    const { result } = await run(createTest({ variables: { patient_name: 'Ines' }, turns: twoTurns }));
    assert.equal(result.verdict, 'passed');
    assert.deepEqual(listWrites(server), ['create', 'send When is a slot free?', 'send Yes, please.']);
    assert.deepEqual(JSON.parse(server.requests[0]?.body ?? ''), {
      assistant_id: assistantUuid,
      type: 'test',
      variables: { patient_name: 'Ines' },
    });
    const [made] = result.runs;
    assert.deepEqual(
      made?.turns.map(({ number, user, reply }) => [number, user, reply.functionCalls.map(({ name }) => name)]),
      [
        [0, '', []],
        [1, 'When is a slot free?', ['find_slots']],
        [2, 'Yes, please.', ['book_slot']],
      ],
    );
    assert.match(made?.turns[0]?.reply.content ?? '', /hello Ines/);
    assert.equal(made?.messages, 2);
    assert.ok(made?.conversationId !== undefined && made.turns[0]?.ms === undefined && made.turns[1]?.ms !== undefined);
  });

  it('sends the remaining messages after a failed reply', async () => {
    const { result } = await run(createTest({ turns: [sendTurn('When?', 'nothing'), sendTurn('Yes.')] }));
    assert.equal(result.verdict, 'failed');
    assert.deepEqual(listWrites(server), ['create', 'send When?', 'send Yes.']);
    assert.deepEqual(messagesOf(result), ['contains: contains failed']);
  });

  it('sends nothing after a failed reply with stopOnFailure, and checks no conversation', async () => {
    const change = { stopOnFailure: true, assertions: [contains('never')] };
    const { result } = await run(createTest({ ...change, turns: [sendTurn('When?', 'nothing'), sendTurn('Yes.')] }));
    assert.equal(result.verdict, 'failed');
    assert.deepEqual(listWrites(server), ['create', 'send When?']);
    assert.equal(result.runs[0]?.failures.length, 1);
    const { result: atOpening } = await run(createTest({ ...change, opening: [contains('nothing')] }));
    assert.deepEqual([atOpening.verdict, atOpening.runs[0]?.messages], ['failed', 0]);
  });

  it('checks the opening message, also if the assistant has none', async () => {
    const test = createTest({ opening: [contains('hello')] });
    assert.equal((await run(test)).result.verdict, 'passed');
    assert.equal((await run(test, {}, silentUuid)).result.verdict, 'failed');
    assert.deepEqual(
      (await run(createTest(), {}, silentUuid)).result.runs[0]?.turns.map(({ number }) => number),
      [1],
    );
  });

  it('checks the whole conversation', async () => {
    const test = createTest({ turns: twoTurns, assertions: [contains('Booked'), contains('Booked', true)] });
    const { result } = await run(test);
    assert.deepEqual(
      result.runs[0]?.failures.map(({ type, turn }) => [type, turn]),
      [['not-contains', undefined]],
    );
  });

  it('passes if it asserts nothing and every message has a reply', async () => {
    assert.equal((await run(createTest())).result.verdict, 'passed');
  });

  it('continues with the reply in the transcript if the response was lost', async () => {
    server.failNext({ match: isMessage, instead: 'lose' });
    const { result } = await run(createTest({ turns: twoTurns }));
    assert.equal(result.verdict, 'passed');
    assert.deepEqual(listWrites(server), ['create', 'send When is a slot free?', 'send Yes, please.']);
    assert.deepEqual(
      result.runs[0]?.turns[1]?.reply.functionCalls.map(({ name }) => name),
      ['find_slots'],
    );
    assert.equal(result.runs[0]?.messages, 2);
  });

  const lost = /^lost: Message 1 has no reply; it may have been delivered. Nothing is sent twice. Error: \w+\.$/;
  const failures: readonly (readonly [title: string, fault: Fault, message: RegExp])[] = [
    ['a reset', { instead: 'disconnect' }, lost],
    ['an interrupted response', { instead: 'truncate', body: '{"status":' }, lost],
    ['a server error', { status: 500 }, lost],
    ['a 400 after the message was delivered', { status: 400, body: '{"error":"Failed to process message"}' }, lost],
    [
      'a 429',
      { status: 429, headers: { 'retry-after': '1' } },
      /^server: Message 1 wasn't delivered. Error: rateLimited\.$/,
    ],
    ['a 422', { status: 422 }, /^server: Message 1 wasn't delivered. Error: rejected\.$/],
  ];
  for (const [title, fault, message] of failures) {
    it(`is errored and sends nothing else after ${title}`, async () => {
      server.failNext({ match: isMessage, ...fault });
      const { result, ending } = await run(createTest({ turns: twoTurns }));
      assert.equal(result.verdict, 'errored');
      assert.equal(ending, undefined);
      assert.deepEqual(listWrites(server), ['create', 'send When is a slot free?']);
      assert.match(messagesOf(result).join(), message);
      assert.equal(result.runs[0]?.messages, 1);
    });
  }

  it('is errored if a message was delivered but has no reply', async () => {
    server.failNext({ match: isMessage, status: 200, body: '{"status":true,"message":null,"function_calls":null}' });
    const { result } = await run(createTest({ turns: twoTurns }));
    assert.equal(result.verdict, 'errored');
    assert.deepEqual(messagesOf(result), ['no-reply: Message 1 was delivered but has no reply.']);
    assert.equal(listWrites(server).length, 2);
  });

  it('is failed rather than errored if it also has a failed expectation', async () => {
    server.failNext({ match: ({ body }) => body.includes('Yes'), status: 500 });
    const { result } = await run(createTest({ turns: [sendTurn('When?', 'nothing'), sendTurn('Yes.')] }));
    assert.deepEqual([result.verdict, result.runs[0]?.failures.length], ['failed', 2]);
  });

  it('ends the whole run after a refused key or without balance', async () => {
    for (const [fault, kind] of [
      [{ status: 401 }, 'server'],
      [{ status: 403, body: '{"message":"No."}' }, 'server'],
      [
        { status: 400, body: '{"status":false,"error":"Insufficient balance. Please top up your account."}' },
        'balance',
      ],
    ] as const) {
      for (const match of ['/conversations', isMessage]) {
        server.failNext({ match, ...fault });
        const { result, ending } = await run(createTest({ repeat: 3 }));
        assert.deepEqual([result.verdict, ending?.kind], ['errored', kind]);
        assert.equal(result.runs.length, 1);
      }
    }
  });

  it('is errored if the conversation may have been created, and creates no other', async () => {
    server.failNext({ match: '/conversations', instead: 'lose' });
    const { result } = await run(createTest());
    assert.match(
      messagesOf(result).join(),
      /^lost: The test conversation may have been created\. Nothing is sent twice\./,
    );
    assert.deepEqual(listWrites(server), ['create']);
  });

  it('is errored if the assistant was deleted', async () => {
    const { result, ending } = await run(createTest(), {}, '00000000-0000-4000-8000-000000000000');
    assert.match(messagesOf(result).join(), /^assistant: The server has no such assistant/);
    assert.equal(ending, undefined);
  });

  it("sends nothing if a message can't be sent", async () => {
    for (const [user, message] of [
      [' ', /^file: Message 2 is empty/],
      ['x'.repeat(2001), /^file: Message 2 is too long/],
    ] as const) {
      const { result } = await run(createTest({ turns: [sendTurn('Hi'), sendTurn(user)] }));
      assert.equal(result.verdict, 'errored');
      assert.match(messagesOf(result).join(), message);
    }
    assert.deepEqual(listWrites(server), []);
  });

  it('awaits the reply and sends nothing else when stopped', async () => {
    const stop = new AbortController();
    const gate = server.hold(({ body }) => body.includes('Two'));
    const turns = ['One', 'Two', 'Three', 'Four'].map((user) => sendTurn(user));
    const running = run(createTest({ turns, repeat: 3 }), { stop: stop.signal });
    await gate.waitForRequests();
    stop.abort();
    gate.release();
    const { result } = await running;
    assert.deepEqual([result.verdict, result.skipped], ['skipped', 'Stopped after 2 of 4 messages.']);
    assert.deepEqual(listWrites(server), ['create', 'send One', 'send Two']);
    assert.deepEqual(
      result.runs[0]?.turns.map(({ number }) => number),
      [0, 1, 2],
    );
  });

  it('stops when the account changes', async () => {
    const connection = connect(server);
    const gate = server.hold(isMessage);
    const test = createTest({ turns: twoTurns, repeat: 2 });
    const running = runTest({ test, suite: createSuite([test]), assistantUuid }, connection, createOptions());
    await gate.waitForRequests();
    connection.api.dispose();
    const { result, ending } = await running;
    gate.release();
    assert.deepEqual([result.verdict, ending?.error.kind], ['errored', 'cancelled']);
    assert.deepEqual(listWrites(server), ['create', 'send When is a slot free?']);
  });

  it("isn't run if it's skipped", async () => {
    const { result } = await run(createTest({ skip: 'Until the calendar works.' }));
    assert.deepEqual(result, { verdict: 'skipped', runs: [], skipped: 'Until the calendar works.' });
    assert.equal(server.requests.length, 0);
  });

  describe('with repeats', () => {
    /** Fails every run whose number is listed. */
    const failing = (...numbers: readonly number[]): Partial<TestOptions> => {
      let run = 0;
      return {
        checker: {
          ...createOptions().checker,
          checkTurn: (assertions, turn) => {
            if (turn.number !== 1) return [];
            run += 1;
            if (!numbers.includes(run)) return [];
            const [{ type, range } = contains('')] = assertions;
            return [{ kind: 'contains', type, turn: turn.number, range, message: 'failed' }];
          },
        },
      };
    };
    const test = createTest({ repeat: 5, mustPass: 4, turns: [sendTurn('When?', 'Shall I')] });
    const verdicts = ({ result }: FinishedTest): string =>
      [result.verdict, ...result.runs.map(({ verdict }) => verdict[0])].join(' ');

    it('ends as soon as enough runs have passed', async () => {
      assert.equal(verdicts(await run(test)), 'passed p p p p');
      assert.equal(listWrites(server).length, 8);
      assert.equal(verdicts(await run(test, failing(3))), 'passed p p f p p');
    });

    it("ends as soon as enough runs can't pass anymore", async () => {
      assert.equal(verdicts(await run(test, failing(3, 4))), 'failed p p f f');
      assert.equal(listWrites(server).length, 8);
    });

    it('runs as often as asked, with the same share of passed runs, if it must not end early', async () => {
      const once = createTest({ turns: test.turns });
      const options = { repeat: 5, canEndEarly: false };
      assert.equal(verdicts(await run(once, { ...options, ...failing(2) })), 'failed p f p p p');
      assert.equal(verdicts(await run(test, { ...options, ...failing(1) })), 'passed f p p p p');
      const twoOfThree = createTest({ repeat: 3, mustPass: 2, turns: test.turns });
      assert.equal(verdicts(await run(twoOfThree, { ...options, ...failing(1, 2) })), 'failed f f p p p');
    });

    it('uses a new conversation for each run', async () => {
      const { result } = await run(createTest({ repeat: 2 }));
      assert.equal(new Set(result.runs.map(({ conversationId }) => conversationId)).size, 2);
    });

    it('counts runs without a verdict as not passed', async () => {
      server.failNext({ match: isMessage, status: 500, times: 2 });
      assert.equal(verdicts(await run(test)), 'errored e e');
      server.failNext({ match: isMessage, status: 500 });
      assert.equal(verdicts(await run(test, failing(1))), 'failed e f');
    });

    it('reports the number of its runs when stopped', async () => {
      const stop = new AbortController();
      const { result } = await run(createTest({ repeat: 3 }), {
        stop: stop.signal,
        onTurn: (_, { number }, of) => {
          if (of === 2 && number === 1) stop.abort();
        },
      });
      assert.deepEqual([result.verdict, result.skipped], ['skipped', 'Stopped after 2 of 3 runs.']);
      assert.equal(listWrites(server).length, 4);
    });
  });
});
