import assert from 'node:assert/strict';
import {
  rerun,
  type Decision,
  type Interruption,
  type RerunOutcome,
  type RerunStep,
  type RerunPlan,
} from '../../../src/core/running/rerun';
import { TestConversations } from '../../../src/core/running/testConversations';
import { failure, ScriptedServer, turn } from './support';

const plan: RerunPlan = {
  assistantUuid: 'uuid',
  variables: { name: 'Ines' },
  messages: ['One', 'Two'],
  leftOut: { blank: 0, tooLong: 0 },
};

interface Run {
  readonly outcome: RerunOutcome;
  readonly steps: readonly string[];
  readonly interruptions: readonly Interruption[];
}

async function run(
  server: ScriptedServer,
  decisions: readonly Decision[] = [],
  stop = new AbortController().signal,
): Promise<Run> {
  const steps: string[] = [];
  const interruptions: Interruption[] = [];
  const remaining = [...decisions];
  const formatStep = (step: RerunStep): string =>
    step.kind === 'creating' ? step.kind : `${step.kind} ${step.number}/${step.of}`;
  const outcome = await rerun(
    plan,
    { api: server.api, tests: new TestConversations() },
    {
      step: (step) => steps.push(formatStep(step)),
      stop,
      decide: (interruption) => {
        interruptions.push(interruption);
        const next = remaining.shift();
        assert.ok(next !== undefined, 'unexpected question');
        return Promise.resolve(next);
      },
    },
  );
  return { outcome, steps, interruptions };
}

const sends = (server: ScriptedServer): string[] => server.requests.filter((each) => each.startsWith('send'));
const arrivals = ({ interruptions }: Run): string[] => interruptions.map(({ arrival }) => arrival);

describe('rerun', () => {
  it('creates a conversation and sends one message after another', async () => {
    const server = new ScriptedServer();
    const { outcome, steps } = await run(server);
    assert.deepEqual(outcome, { kind: 'done', id: 'new', arrived: 2, unanswered: 0 });
    assert.deepEqual(steps, ['creating', 'sending 1/2', 'sending 2/2']);
    const [created, ...rest] = server.requests;
    assert.ok(created?.includes('"assistantUuid":"uuid"') && created.includes('"variables":{"name":"Ines"}'));
    assert.deepEqual(rest, ['send new One', 'send new Two']);
  });

  it('continues without replies if the AI is off and counts them', async () => {
    const { outcome } = await run(new ScriptedServer({ answer: null }, { answer: null }));
    assert.deepEqual(outcome, { kind: 'done', id: 'new', arrived: 2, unanswered: 2 });
  });

  it('stops between messages', async () => {
    const server = new ScriptedServer();
    const stop = new AbortController();
    server.onSend = () => stop.abort();
    const { outcome } = await run(server, [], stop.signal);
    assert.deepEqual(outcome, { kind: 'stopped', id: 'new', arrived: 1, unanswered: 0 });
    assert.deepEqual(sends(server), ['send new One']);
  });

  it('cancels a queued message or the creation of the conversation when it is stopped', async () => {
    for (const [sentCount, outcome] of [
      [2, { kind: 'stopped', id: 'new', arrived: 1, unanswered: 0 }],
      [0, { kind: 'stopped', id: undefined, arrived: 0, unanswered: 0 }],
    ] as const) {
      const server = new ScriptedServer();
      const stop = new AbortController();
      let turns = 0;
      server.turn = async (untilSent) => {
        turns += 1;
        if (turns <= sentCount) return;
        stop.abort();
        assert.equal(untilSent?.aborted, true);
        return Promise.reject(failure({ kind: 'cancelled', unsent: true }));
      };
      assert.deepEqual((await run(server, [], stop.signal)).outcome, outcome);
      assert.equal(server.requests.length, sentCount);
    }
  });

  it('fails if the account changes while a message is queued', async () => {
    const server = new ScriptedServer({ error: failure({ kind: 'cancelled', unsent: true }) });
    const { outcome } = await run(server);
    assert.deepEqual([outcome.kind, outcome.error?.kind], ['failed', 'cancelled']);
  });

  it("sends nothing if the conversation can't be created", async () => {
    const server = new ScriptedServer();
    server.createError = failure({ kind: 'rejected', status: 400, detail: 'Insufficient balance.' });
    const { outcome, interruptions } = await run(server);
    assert.deepEqual(outcome, { kind: 'failed', id: undefined, arrived: 0, unanswered: 0, error: server.createError });
    assert.deepEqual(interruptions, []);
    assert.equal(server.requests.length, 1);
  });

  it('reports a failed creation even when stopped, because a conversation may exist', async () => {
    for (const createError of [
      failure({ kind: 'timeout' }),
      failure({ kind: 'cancelled' }),
      failure({ kind: 'rateLimited', unsent: true }),
    ]) {
      const server = new ScriptedServer();
      const stop = new AbortController();
      server.createError = createError;
      server.turn = () => Promise.resolve(stop.abort());
      const { outcome } = await run(server, [], stop.signal);
      assert.deepEqual(outcome, { kind: 'failed', id: undefined, arrived: 0, unanswered: 0, error: createError });
    }
  });

  it('throws unexpected errors unchanged', async () => {
    const unexpectedError = new TypeError('broken');
    const broken = new ScriptedServer();
    broken.turn = () => Promise.reject(unexpectedError);
    await assert.rejects(run(broken), (error) => error === unexpectedError);
  });

  it('loads the transcript after a timeout and continues if the reply is there', async () => {
    const server = new ScriptedServer({ error: failure() });
    const done = await run(server, ['continue']);
    assert.deepEqual(arrivals(done), ['answered']);
    assert.deepEqual(
      [done.interruptions[0]?.number, done.interruptions[0]?.of, done.interruptions[0]?.error.kind],
      [1, 2, 'timeout'],
    );
    assert.deepEqual(done.steps, ['creating', 'sending 1/2', 'checking 1/2', 'sending 2/2']);
    assert.deepEqual(done.outcome, { kind: 'done', id: 'new', arrived: 2, unanswered: 0 });
    assert.deepEqual(sends(server), ['send new One', 'send new Two']);
  });

  it("resends a message that didn't arrive if the user chooses so", async () => {
    const server = new ScriptedServer({ isStored: false, error: failure({ kind: 'network', code: 'ECONNRESET' }) });
    const done = await run(server, ['resend']);
    assert.deepEqual(arrivals(done), ['missing']);
    assert.deepEqual(sends(server), ['send new One', 'send new One', 'send new Two']);
    assert.equal(done.outcome.arrived, 2);
  });

  it("never resends a message that arrived or skips one that didn't", async () => {
    const arrived = new ScriptedServer({ error: failure() });
    assert.deepEqual(arrivals(await run(arrived, ['resend', 'continue'])), ['answered', 'answered']);
    assert.deepEqual(sends(arrived), ['send new One', 'send new Two']);

    const missing = new ScriptedServer({ isStored: false, error: failure() });
    const done = await run(missing, ['continue', 'stop']);
    assert.deepEqual(arrivals(done), ['missing', 'missing']);
    assert.deepEqual(done.outcome, { kind: 'stopped', id: 'new', arrived: 0, unanswered: 0 });
  });

  it('never resends if the transcript fails to load', async () => {
    const server = new ScriptedServer({ error: failure() });
    server.readError = failure({ kind: 'server', status: 500 });
    const done = await run(server, ['resend', 'stop']);
    assert.deepEqual(arrivals(done), ['unknown', 'unknown']);
    assert.deepEqual(sends(server), ['send new One']);
    assert.equal(done.outcome.kind, 'stopped');
  });

  it('checks again for a pending reply', async () => {
    const server = new ScriptedServer({ answer: null, error: failure() });
    let reads = 0;
    const read = server.api.getTranscript;
    Object.assign(server.api, {
      getTranscript: (...args: Parameters<typeof read>) => {
        reads += 1;
        if (reads === 2) server.history.push(turn('assistant', 'Here it is.'));
        return read(...args);
      },
    });
    const done = await run(server, ['check', 'continue']);
    assert.deepEqual(arrivals(done), ['unanswered', 'answered']);
    assert.deepEqual(done.outcome, { kind: 'done', id: 'new', arrived: 2, unanswered: 0 });
  });

  it('counts a message as unanswered if the user continues without its reply', async () => {
    const server = new ScriptedServer({ answer: null, error: failure() });
    assert.equal((await run(server, ['continue'])).outcome.unanswered, 1);
  });

  it('counts the messages that arrived when the user stops', async () => {
    const server = new ScriptedServer({}, { error: failure() });
    assert.deepEqual((await run(server, ['stop'])).outcome, { kind: 'stopped', id: 'new', arrived: 2, unanswered: 0 });
  });

  it("doesn't load the transcript after a message that was rejected", async () => {
    const rateLimited = failure({ kind: 'rateLimited', status: 429 });
    const server = new ScriptedServer({ isStored: false, error: rateLimited });
    const done = await run(server, ['resend']);
    assert.deepEqual(arrivals(done), ['notTaken']);
    assert.deepEqual(sends(server), ['send new One', 'send new One', 'send new Two']);
    assert.ok(!server.requests.some((each) => each.startsWith('read')));
  });

  it('finds a message among equal ones by its position', async () => {
    const planWithEqual: RerunPlan = { ...plan, messages: ['Yes', 'Yes'] };
    const server = new ScriptedServer({}, { isStored: false, error: failure() });
    const arrivalStates: string[] = [];
    await rerun(
      planWithEqual,
      { api: server.api, tests: new TestConversations() },
      {
        step: () => undefined,
        stop: new AbortController().signal,
        decide: ({ arrival }) => {
          arrivalStates.push(arrival);
          return Promise.resolve('stop');
        },
      },
    );
    assert.deepEqual(arrivalStates, ['missing']);
  });

  it('reports the new conversation and each reply with its duration, without the time in the queue', async () => {
    const server = new ScriptedServer({}, { answer: 'Late', error: failure() }, { answer: null });
    let now = 0;
    server.turn = () => Promise.resolve(void (now += 60_000));
    server.onSend = () => void (now += 1500);
    const reports: unknown[] = [];
    await rerun(
      { ...plan, messages: ['One', 'Two', 'Three'] },
      {
        api: server.api,
        tests: new TestConversations(),
        clock: { now: () => now, setTimeout: () => assert.fail('unexpected timer') },
      },
      {
        step: () => undefined,
        stop: new AbortController().signal,
        decide: () => Promise.resolve('continue'),
        onCreated: ({ id }) => void reports.push(id),
        onAnswered: (number, reply, ms) => void reports.push([number, reply?.content, ms]),
      },
    );
    assert.deepEqual(reports, ['new', [1, 'Re: One', 1500], [2, 'Late', 1500], [3, undefined, 1500]]);
  });

  it('waits for what handles a reply, and sends nothing if that stops the rerun', async () => {
    const server = new ScriptedServer();
    const stop = new AbortController();
    const outcome = await rerun(
      plan,
      { api: server.api, tests: new TestConversations() },
      {
        step: () => undefined,
        stop: stop.signal,
        decide: () => assert.fail('unexpected question'),
        onAnswered: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          stop.abort();
        },
      },
    );
    assert.deepEqual([outcome.kind, sends(server)], ['stopped', ['send new One']]);
  });

  it('fails if the account changed', async () => {
    const server = new ScriptedServer({}, { error: failure({ kind: 'cancelled' }) });
    const { outcome, interruptions } = await run(server);
    assert.deepEqual(
      [outcome.kind, outcome.id, outcome.arrived, outcome.error?.kind],
      ['failed', 'new', 1, 'cancelled'],
    );
    assert.deepEqual(interruptions, []);
  });
});
