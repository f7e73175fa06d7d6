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
  readonly asked: readonly Interruption[];
}

async function run(
  server: ScriptedServer,
  decisions: readonly Decision[] = [],
  stop = new AbortController().signal,
): Promise<Run> {
  const steps: string[] = [];
  const asked: Interruption[] = [];
  const left = [...decisions];
  const said = (step: RerunStep): string =>
    step.kind === 'creating' ? step.kind : `${step.kind} ${step.number}/${step.of}`;
  const outcome = await rerun(
    plan,
    { api: server.api, tests: new TestConversations() },
    {
      step: (step) => steps.push(said(step)),
      stop,
      decide: (interruption) => {
        asked.push(interruption);
        const next = left.shift();
        assert.ok(next !== undefined, 'nobody expected a question');
        return Promise.resolve(next);
      },
    },
  );
  return { outcome, steps, asked };
}

const sends = (server: ScriptedServer): string[] => server.asked.filter((each) => each.startsWith('send'));
const arrivals = ({ asked }: Run): string[] => asked.map(({ arrival }) => arrival);

describe('rerun', () => {
  it('creates a conversation and sends one message after the other', async () => {
    const server = new ScriptedServer();
    const { outcome, steps } = await run(server);
    assert.deepEqual(outcome, { kind: 'done', id: 'new', arrived: 2, unanswered: 0 });
    assert.deepEqual(steps, ['creating', 'sending 1/2', 'sending 2/2']);
    const [created, ...rest] = server.asked;
    assert.ok(created?.includes('"assistantUuid":"uuid"') && created.includes('"variables":{"name":"Ines"}'));
    assert.deepEqual(rest, ['send new One', 'send new Two']);
  });

  it('goes on without answers where the AI is off, and counts them', async () => {
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

  it('takes back what waits for its turn when it is stopped: a message, or the conversation itself', async () => {
    for (const [before, outcome] of [
      [2, { kind: 'stopped', id: 'new', arrived: 1, unanswered: 0 }],
      [0, { kind: 'stopped', id: undefined, arrived: 0, unanswered: 0 }],
    ] as const) {
      const server = new ScriptedServer();
      const stop = new AbortController();
      let turns = 0;
      server.turn = async (untilSent) => {
        turns += 1;
        if (turns <= before) return;
        stop.abort();
        assert.equal(untilSent?.aborted, true);
        return Promise.reject(failure({ kind: 'cancelled', unsent: true }));
      };
      assert.deepEqual((await run(server, [], stop.signal)).outcome, outcome);
      assert.equal(server.asked.length, before);
    }
  });

  it('is not stopped but ended where the account is another one before a message had its turn', async () => {
    const server = new ScriptedServer({ error: failure({ kind: 'cancelled', unsent: true }) });
    const { outcome } = await run(server);
    assert.deepEqual([outcome.kind, outcome.error?.kind], ['failed', 'cancelled']);
  });

  it('sends nothing where nothing could be created', async () => {
    const server = new ScriptedServer();
    server.createError = failure({ kind: 'rejected', status: 400, detail: 'Insufficient balance.' });
    const { outcome, asked } = await run(server);
    assert.deepEqual(outcome, { kind: 'failed', id: undefined, arrived: 0, unanswered: 0, error: server.createError });
    assert.deepEqual(asked, []);
    assert.equal(server.asked.length, 1);
  });

  it('tells of a failure all the same where it was stopped meanwhile: a conversation may have been created', async () => {
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

  it('passes on what is broken in itself', async () => {
    const defect = new TypeError('broken');
    const creating = new ScriptedServer();
    creating.turn = () => Promise.reject(defect);
    await assert.rejects(run(creating), (error) => error === defect);
  });

  it('reads the history after a timeout, and goes on behind an answer that came too late to be heard', async () => {
    const server = new ScriptedServer({ error: failure() });
    const done = await run(server, ['goOn']);
    assert.deepEqual(arrivals(done), ['answered']);
    assert.deepEqual([done.asked[0]?.number, done.asked[0]?.of, done.asked[0]?.error.kind], [1, 2, 'timeout']);
    assert.deepEqual(done.steps, ['creating', 'sending 1/2', 'checking 1/2', 'sending 2/2']);
    assert.deepEqual(done.outcome, { kind: 'done', id: 'new', arrived: 2, unanswered: 0 });
    assert.deepEqual(sends(server), ['send new One', 'send new Two']);
  });

  it('sends a message again that did not arrive, where the user says so', async () => {
    const server = new ScriptedServer({ kept: false, error: failure({ kind: 'network', code: 'ECONNRESET' }) });
    const done = await run(server, ['again']);
    assert.deepEqual(arrivals(done), ['missing']);
    assert.deepEqual(sends(server), ['send new One', 'send new One', 'send new Two']);
    assert.equal(done.outcome.arrived, 2);
  });

  it('never sends one again that is there, nor leaves one out that is not', async () => {
    const there = new ScriptedServer({ error: failure() });
    assert.deepEqual(arrivals(await run(there, ['again', 'goOn'])), ['answered', 'answered']);
    assert.deepEqual(sends(there), ['send new One', 'send new Two']);

    const missing = new ScriptedServer({ kept: false, error: failure() });
    const done = await run(missing, ['goOn', 'stop']);
    assert.deepEqual(arrivals(done), ['missing', 'missing']);
    assert.deepEqual(done.outcome, { kind: 'stopped', id: 'new', arrived: 0, unanswered: 0 });
  });

  it('never sends again where the history can’t be read', async () => {
    const server = new ScriptedServer({ error: failure() });
    server.readError = failure({ kind: 'server', status: 500 });
    const done = await run(server, ['again', 'stop']);
    assert.deepEqual(arrivals(done), ['unknown', 'unknown']);
    assert.deepEqual(sends(server), ['send new One']);
    assert.equal(done.outcome.kind, 'stopped');
  });

  it('looks again for an answer that is being made', async () => {
    const server = new ScriptedServer({ answer: null, error: failure() });
    let reads = 0;
    const read = server.api.getTranscript;
    Object.assign(server.api, {
      getTranscript: (...args: Parameters<typeof read>) => {
        reads += 1;
        if (reads === 2) server.history.push(turn('assistant', 'At last.'));
        return read(...args);
      },
    });
    const done = await run(server, ['look', 'goOn']);
    assert.deepEqual(arrivals(done), ['unanswered', 'answered']);
    assert.deepEqual(done.outcome, { kind: 'done', id: 'new', arrived: 2, unanswered: 0 });
  });

  it('counts a message as unanswered that the user went on from', async () => {
    const server = new ScriptedServer({ answer: null, error: failure() });
    assert.equal((await run(server, ['goOn'])).outcome.unanswered, 1);
  });

  it('counts what is there when the user stops', async () => {
    const server = new ScriptedServer({}, { error: failure() });
    assert.deepEqual((await run(server, ['stop'])).outcome, { kind: 'stopped', id: 'new', arrived: 2, unanswered: 0 });
  });

  it('does not read the history of a message that was never taken', async () => {
    const refused = failure({ kind: 'rateLimited', status: 429 });
    const server = new ScriptedServer({ kept: false, error: refused });
    const done = await run(server, ['again']);
    assert.deepEqual(arrivals(done), ['notTaken']);
    assert.deepEqual(sends(server), ['send new One', 'send new One', 'send new Two']);
    assert.ok(!server.asked.some((each) => each.startsWith('read')));
  });

  it('finds a message among equal ones by its place', async () => {
    const twice: RerunPlan = { ...plan, messages: ['Yes', 'Yes'] };
    const server = new ScriptedServer({}, { kept: false, error: failure() });
    const asked: string[] = [];
    await rerun(
      twice,
      { api: server.api, tests: new TestConversations() },
      {
        step: () => undefined,
        stop: new AbortController().signal,
        decide: ({ arrival }) => {
          asked.push(arrival);
          return Promise.resolve('stop');
        },
      },
    );
    assert.deepEqual(asked, ['missing']);
  });

  it('ends where the account is another one by now', async () => {
    const server = new ScriptedServer({}, { error: failure({ kind: 'cancelled' }) });
    const { outcome, asked } = await run(server);
    assert.deepEqual(
      [outcome.kind, outcome.id, outcome.arrived, outcome.error?.kind],
      ['failed', 'new', 1, 'cancelled'],
    );
    assert.deepEqual(asked, []);
  });
});
