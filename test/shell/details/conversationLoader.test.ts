import assert from 'node:assert/strict';
import type { ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import { ApiError } from '../../../src/core/api/errors';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { ConversationLoader } from '../../../src/shell/details/conversationLoader';
import { transcript, turn } from '../../media/conversations';

interface PendingRequest {
  readonly origin: string;
  readonly signal: AbortSignal;
  readonly respond: (text: string) => void;
  readonly fail: (kind: ApiError['kind']) => void;
}

/** A session that can change, and servers whose responses the test releases. */
class Session {
  readonly requests: PendingRequest[] = [];
  readonly transcripts = new TranscriptLoader();
  private current: ConversationsApi | undefined;
  private numbers = 0;

  constructor(origin?: string) {
    this.connectTo(origin);
  }

  readonly api = (): ConversationsApi | undefined => this.current;
  readonly ready = (): Promise<void> => Promise.resolve();

  connectTo(origin: string | undefined): void {
    const getTranscript = (_id: string, { signal }: RequestOptions): Promise<Transcript> =>
      new Promise((respond, fail) =>
        this.requests.push({
          origin: origin ?? '',
          signal,
          respond: (text) => respond(transcript([turn('user', text)], { raw: { history: [text] } })),
          fail: (kind) => fail(new ApiError({ kind, origin: origin ?? '' })),
        }),
      );
    this.current = origin === undefined ? undefined : ({ origin, getTranscript } as unknown as ConversationsApi);
  }

  open(home?: string): ConversationLoader {
    return new ConversationLoader(this, 'an-id', home, () => ++this.numbers);
  }

  /** Waits for the last request to be sent. */
  async request(): Promise<PendingRequest> {
    await flushPromises();
    const last = this.requests.at(-1);
    assert.ok(last);
    return last;
  }
}

/** Waits until all pending promise callbacks have run. */
const flushPromises = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const [here, there] = ['https://here.example', 'https://there.example'];
const text = (reading: ConversationLoader): string | undefined => reading.transcript?.turns[0]?.content;

describe("loading a panel's conversation", () => {
  it('is busy until the response arrives', async () => {
    const session = new Session(here);
    const reading = session.open();
    const done = reading.load();
    assert.equal(reading.isBusy, true);
    (await session.request()).respond('hello');
    await done;
    assert.equal(reading.isBusy, false);
    assert.equal(text(reading), 'hello');
    assert.equal(reading.number, 1);
    assert.equal(reading.origin, here);
  });

  it('keeps the loaded transcript during a reload, and if the reload fails', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.load();
    (await session.request()).respond('hello');
    await flushPromises();
    void reading.load();
    assert.equal(text(reading), 'hello');
    (await session.request()).fail('server');
    await flushPromises();
    assert.equal(text(reading), 'hello');
    assert.equal(reading.number, 1);
    assert.equal(reading.problem?.kind, 'failed');
  });

  it('cancels its request and ignores a late response after the panel is closed', async () => {
    const session = new Session(here);
    const reading = session.open();
    let changes = 0;
    void reading.load();
    const request = await session.request();
    reading.onDidChange(() => (changes += 1));
    reading.dispose();
    assert.equal(request.signal.aborted, true);
    request.respond('late');
    await flushPromises();
    assert.equal(reading.transcript, undefined);
    assert.equal(changes, 0);
  });

  it('sends the request again if the key changes during the request', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.load();
    const before = await session.request();
    session.connectTo(here);
    reading.handleSessionChange();
    assert.equal(before.signal.aborted, true);
    const after = await session.request();
    assert.notEqual(after, before);
    before.respond('old');
    after.respond('new');
    await flushPromises();
    assert.equal(text(reading), 'new');
  });

  it('sends no request to another server, and loads when its own server is back', async () => {
    const session = new Session(there);
    const reading = session.open(here);
    await reading.load();
    assert.deepEqual(reading.problem, { kind: 'elsewhere' });
    assert.equal(session.requests.length, 0);
    session.connectTo(here);
    reading.handleSessionChange();
    const request = await session.request();
    assert.equal(request.origin, here);
    request.respond('hello');
    await flushPromises();
    assert.equal(text(reading), 'hello');
    assert.equal(reading.problem, undefined);
  });

  it('cancels its request when another server becomes current', async () => {
    const session = new Session(here);
    const reading = session.open(here);
    void reading.load();
    const request = await session.request();
    session.connectTo(there);
    reading.handleSessionChange();
    await flushPromises();
    assert.equal(request.signal.aborted, true);
    assert.deepEqual(reading.problem, { kind: 'elsewhere' });
    assert.equal(session.requests.length, 1);
  });

  it('reports a missing key, and loads once there is one', async () => {
    const session = new Session();
    const reading = session.open();
    await reading.load();
    assert.deepEqual(reading.problem, { kind: 'noKey' });
    session.connectTo(here);
    reading.handleSessionChange();
    (await session.request()).respond('hello');
    await flushPromises();
    assert.equal(text(reading), 'hello');
    assert.equal(reading.origin, here);
  });

  it('retries a refused request when the key changes, but not a server error', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.load();
    (await session.request()).fail('unauthorized');
    await flushPromises();
    session.connectTo(here);
    reading.handleSessionChange();
    (await session.request()).fail('server');
    await flushPromises();
    assert.equal(session.requests.length, 2);
    session.connectTo(here);
    reading.handleSessionChange();
    await flushPromises();
    assert.equal(session.requests.length, 2);
  });

  it('detects that its transcript is from another server', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.load();
    (await session.request()).respond('hello');
    await flushPromises();
    assert.equal(reading.isElsewhere, false);
    session.connectTo(there);
    assert.equal(reading.isElsewhere, true);
    session.connectTo(undefined);
    assert.equal(reading.isElsewhere, false);
  });

  it("detects that it can't be reloaded without a key, once the session is ready", async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.load();
    (await session.request()).respond('hello');
    await flushPromises();
    session.connectTo(undefined);
    reading.handleSessionChange();
    assert.equal(reading.isOrphaned, false);
    await flushPromises();
    assert.equal(reading.isOrphaned, true);
    assert.equal(text(reading), 'hello');
    session.connectTo(here);
    reading.handleSessionChange();
    await flushPromises();
    assert.equal(reading.isOrphaned, false);
    assert.equal(session.requests.length, 1);
  });

  describe('by polling', () => {
    const noSignal = new AbortController().signal;

    async function openReading(session: Session): Promise<{ reading: ConversationLoader; changeCount: () => number }> {
      const reading = session.open();
      void reading.load();
      (await session.request()).respond('hello');
      await flushPromises();
      let changeCount = 0;
      reading.onDidChange(() => (changeCount += 1));
      return { reading, changeCount: () => changeCount };
    }

    it("emits no change for an equal transcript, and isn't busy", async () => {
      const session = new Session(here);
      const { reading, changeCount } = await openReading(session);
      const polling = reading.poll(noSignal);
      const request = await session.request();
      assert.equal(reading.isBusy, false);
      request.respond('hello');
      assert.deepEqual(
        [await polling, changeCount(), reading.number, session.requests.length],
        [{ kind: 'read' }, 0, 1, 2],
      );
    });

    it('emits a change for a different transcript', async () => {
      const session = new Session(here);
      const { reading, changeCount } = await openReading(session);
      const polling = reading.poll(noSignal);
      (await session.request()).respond('hello again');
      await polling;
      assert.deepEqual([text(reading), changeCount(), reading.number], ['hello again', 1, 2]);
    });

    it('keeps the transcript and emits no change if it fails', async () => {
      const session = new Session(here);
      const { reading, changeCount } = await openReading(session);
      const polling = reading.poll(noSignal);
      (await session.request()).fail('server');
      const outcome = await polling;
      assert.equal(outcome.kind === 'failed' && outcome.error.kind, 'server');
      assert.deepEqual([changeCount(), reading.problem, text(reading)], [0, undefined, 'hello']);
    });

    for (const kind of ['notFound', 'forbidden', 'rejected'] as const) {
      it(`reports a ${kind} error, and stops polling`, async () => {
        const session = new Session(here);
        const { reading, changeCount } = await openReading(session);
        const polling = reading.poll(noSignal);
        (await session.request()).fail(kind);
        assert.deepEqual(await polling, { kind: 'read' });
        assert.deepEqual(
          [changeCount(), reading.problem?.kind, reading.isPollable, text(reading)],
          [1, 'failed', false, 'hello'],
        );
        assert.deepEqual(await reading.poll(noSignal), { kind: 'skipped' });
        assert.equal(session.requests.length, 2);
      });
    }

    it('clears an earlier failure when it succeeds, even if the transcript is equal', async () => {
      const session = new Session(here);
      const { reading, changeCount } = await openReading(session);
      void reading.load();
      (await session.request()).fail('server');
      await flushPromises();
      const before = changeCount();
      const polling = reading.poll(noSignal);
      (await session.request()).respond('hello');
      await polling;
      assert.deepEqual([reading.problem, changeCount() - before], [undefined, 1]);
    });

    it("yields to the user's reload, and sends no request to another server", async () => {
      const session = new Session(here);
      const { reading } = await openReading(session);
      const polling = reading.poll(noSignal);
      const first = await session.request();
      void reading.load();
      first.respond('late');
      assert.deepEqual(await polling, { kind: 'skipped' });
      await flushPromises();
      session.connectTo(there);
      assert.equal(reading.isPollable, false);
      assert.deepEqual(await reading.poll(noSignal), { kind: 'skipped' });
      session.connectTo(undefined);
      assert.equal(reading.isPollable, false);
    });
  });
});
