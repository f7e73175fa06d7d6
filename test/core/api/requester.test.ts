import assert from 'node:assert/strict';
import { RateGate } from '../../../src/core/api/rateGate';
import { defaultRateLimits } from '../../../src/core/api/rateLimits';
import { Requester, type RequesterOptions, type RequestLogEntry } from '../../../src/core/api/requester';
import { type TransportRequest, type TransportResponse, TransportError } from '../../../src/core/api/transport';
import { catchFailure, neverMs, ImpatientClock, never, testKey } from './support/client';

const target = { path: '/user' };
const identity = (body: unknown): unknown => body;

function requesterWith(
  answer: (request: TransportRequest) => Promise<TransportResponse>,
  change: Partial<RequesterOptions> = {},
) {
  const clock = new ImpatientClock();
  const sent: TransportRequest[] = [];
  const logged: RequestLogEntry[] = [];
  const gate = new RateGate(clock);
  const requester = new Requester({
    origin: 'https://host.test',
    baseUrl: 'https://host.test/api',
    key: testKey,
    headers: {},
    transport: (request) => {
      sent.push(request);
      return answer(request);
    },
    timeoutMs: neverMs,
    clock,
    random: () => 0.5,
    gate,
    log: (entry) => logged.push(entry),
    ...change,
  });
  return { requester, gate, clock, sent, logged };
}

const ok: TransportResponse = { status: 200, headers: {}, body: '{"a":1}' };

describe('A requester', () => {
  it('sends nothing after dispose', async () => {
    const { requester, sent } = requesterWith(() => Promise.resolve(ok));
    requester.dispose();
    assert.equal((await catchFailure(requester.get(target, identity, never()))).kind, 'cancelled');
    assert.deepEqual(sent, []);
  });

  it('cancels in-flight requests on dispose even if the transport ignores its signal', async () => {
    const { requester, sent } = requesterWith(() => new Promise(() => undefined));
    const failed = catchFailure(requester.get(target, identity, never()));
    while (sent.length === 0) await Promise.resolve();
    requester.dispose();
    assert.equal((await failed).kind, 'cancelled');
    assert.equal(sent[0]?.signal.aborted, true);
  });

  it('logs untrusted IDs and cursors on one line without control characters', async () => {
    const { requester, logged } = requesterWith(() =>
      Promise.resolve({ ...ok, status: 404, body: '{"message":"No a\u001b[2Jb\\ncd-long"}' }),
    );
    const conversationId = 'a\u001b[2Jb\ncd-long';
    const query = new URLSearchParams({ cursor: '\r\n\u2028\u202ecursor', type: 'a\nb' });
    const error = await catchFailure(
      requester.get(
        { path: `/conversations/${encodeURIComponent(conversationId)}`, query, conversationId },
        identity,
        never(),
      ),
    );
    assert.deepEqual(
      logged.map(({ path, query: sent }) => [path, sent]),
      [['/api/conversations/a\ufffd[2Jb\ufffdc…', 'cursor=\ufffdcurs…&type=a%0Ab']],
    );
    assert.doesNotMatch(error.detail ?? '', /[\u0000-\u001f]/);
  });

  it('throws unexpected errors unchanged', async () => {
    const defect = new TypeError('broken');
    const gate = { createTicket: () => ({}), enter: () => Promise.reject(defect) } as unknown as RateGate;
    const { requester } = requesterWith(() => Promise.resolve(ok), { gate });
    await assert.rejects(requester.get(target, identity, never()), (error) => error === defect);
  });

  it('releases its slot however a request ends', async () => {
    const answers: (() => Promise<TransportResponse>)[] = [
      () => Promise.reject(new Error('odd')),
      () => Promise.resolve({ ...ok, status: 404 }),
      () => Promise.resolve({ ...ok, body: '<html>' }),
    ];
    for (const answer of answers) {
      const clock = new ImpatientClock();
      const gate = new RateGate(clock, {
        maxInFlight: 1,
        budget: 1000,
        reserved: 0,
        windowMs: 60_000,
        minPublishedWaitMs: 1000,
      });
      const { requester } = requesterWith(answer, { gate, clock });
      for (let round = 0; round < 3; round += 1) {
        await catchFailure(requester.get(target, identity, never()));
        await catchFailure(requester.post({ ...target, body: {}, timeoutMs: neverMs }, identity, never()));
      }
    }
  });

  const oneAtATime = (): Pick<RequesterOptions, 'clock' | 'gate'> => {
    const clock = new ImpatientClock();
    return { clock, gate: new RateGate(clock, { ...defaultRateLimits, maxInFlight: 1 }) };
  };

  it('sends the next request while it decodes a response', async () => {
    const { requester, sent } = requesterWith(() => Promise.resolve(ok), oneAtATime());
    const sentBefore: number[] = [];
    const decode = (): boolean => sentBefore.push(sent.length) > 0;
    await Promise.all([requester.get(target, decode, never()), requester.get(target, decode, never())]);
    assert.deepEqual(sentBefore, [2, 2]);
  });

  it('pauses the gate after a 429 before it sends the next request', async () => {
    const slow: TransportResponse = { status: 429, headers: { 'retry-after': '7' }, body: '{}' };
    let answers = 0;
    const { gate, clock } = oneAtATime();
    const { requester, sent } = requesterWith(() => Promise.resolve((answers += 1) === 1 ? slow : ok), { gate, clock });
    const sentBefore: number[] = [];
    const { pause } = gate;
    gate.pause = (ms) => {
      sentBefore.push(sent.length);
      pause.call(gate, ms);
    };
    await Promise.all([requester.get(target, identity, never()), requester.get(target, identity, never())]);
    assert.deepEqual(sentBefore, [1]);
    assert.equal(sent.length, 3);
  });

  it('sends visible requests before background ones and defaults to visible', async () => {
    for (const write of [false, true]) {
      const { requester, sent } = requesterWith(() => Promise.resolve(ok), oneAtATime());
      const get = (path: string, priority?: 'visible' | 'background'): Promise<unknown> =>
        requester.get({ path }, identity, { ...never(), ...(priority && { priority }) });
      const getByDefault = (): Promise<unknown> =>
        write ? requester.post({ path: '/default', body: {}, timeoutMs: neverMs }, identity, never()) : get('/default');
      await Promise.all([get('/first'), get('/background', 'background'), getByDefault(), get('/visible', 'visible')]);
      assert.deepEqual(
        sent.map(({ url }) => url.split('/api')[1]),
        ['/first', '/default', '/visible', '/background'],
      );
    }
  });

  it('logs the duration and the query, with only the cursor shortened', async () => {
    let now = 1000;
    const clock = Object.assign(new ImpatientClock(), { now: () => now });
    const slow = (): Promise<TransportResponse> => {
      now += 250;
      return Promise.resolve(ok);
    };
    const { requester, logged } = requesterWith(slow, { clock, baseUrl: 'https://host.test' });
    await requester.get(
      { path: '/user', query: new URLSearchParams({ type: 'telegram-business', cursor: 'eyJpZCI6ODgxMiwi' }) },
      identity,
      never(),
    );
    assert.deepEqual(logged, [
      {
        method: 'GET',
        path: '/user',
        query: 'type=telegram-business&cursor=eyJpZCI6…',
        ms: 250,
        attempt: 1,
        outcome: 'ok',
        status: 200,
      },
    ]);
  });

  it('counts a replaced connection as two of its three attempts', async () => {
    const { requester, sent, logged } = requesterWith(() =>
      Promise.reject(new TransportError('network', 'ECONNRESET', 2)),
    );
    assert.equal((await catchFailure(requester.get(target, identity, never()))).kind, 'network');
    assert.equal(sent.length, 2);
    assert.deepEqual(
      logged.map(({ attempt }) => attempt),
      [1, 3],
    );
  });

  it('pauses the queue after the last response of a rate limit window, for at most a minute', async () => {
    const inSeconds = (seconds: number, headers: Record<string, string> = {}): TransportResponse => {
      const now = new Date('2026-11-23T12:00:00Z');
      const reset = String(now.getTime() / 1000 + seconds);
      return {
        ...ok,
        headers: { date: now.toUTCString(), 'x-ratelimit-remaining': ' 0 ', 'x-ratelimit-reset': reset, ...headers },
      };
    };
    const cases: readonly [answer: TransportResponse, pausedMs: number | undefined][] = [
      [inSeconds(7), 7000],
      [inSeconds(60), 60_000],
      [inSeconds(61), undefined],
      [inSeconds(-1), undefined],
      [inSeconds(7, { 'x-ratelimit-remaining': '1' }), undefined],
    ];
    for (const [answer, pausedMs] of cases) {
      const { requester, gate } = requesterWith(() => Promise.resolve(answer));
      const pauses: number[] = [];
      const { pause } = gate;
      gate.pause = (ms) => {
        pauses.push(ms);
        pause.call(gate, ms);
      };
      await requester.get(target, identity, never());
      assert.deepEqual(pauses, pausedMs === undefined ? [] : [pausedMs]);
    }
  });
});
