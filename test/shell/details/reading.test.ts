import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import { ApiError } from '../../../src/core/api/errors';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { Reading } from '../../../src/shell/details/reading';
import { transcript, turn } from '../../media/conversations';

interface Asked {
  readonly origin: string;
  readonly signal: AbortSignal;
  readonly answer: (text: string) => void;
  readonly fail: (kind: ApiError['kind']) => void;
}

/** A session that can change, and servers whose answers come when the test says so. */
class Session {
  readonly asked: Asked[] = [];
  readonly transcripts = new TranscriptLoader();
  private current: ConversationsApi | undefined;
  private numbers = 0;

  constructor(origin?: string) {
    this.become(origin);
  }

  readonly api = (): ConversationsApi | undefined => this.current;
  readonly ready = (): Promise<void> => Promise.resolve();

  become(origin: string | undefined): void {
    const getTranscript = (_id: string, { signal }: RequestOptions): Promise<Transcript> =>
      new Promise((answer, fail) =>
        this.asked.push({
          origin: origin ?? '',
          signal,
          answer: (text) => answer(transcript([turn('user', text)], { raw: { history: [text] } })),
          fail: (kind) => fail(new ApiError({ kind, origin: origin ?? '' })),
        }),
      );
    this.current = origin === undefined ? undefined : ({ origin, getTranscript } as unknown as ConversationsApi);
  }

  open(home?: string): Reading {
    return new Reading(this, 'an-id', home, () => ++this.numbers);
  }

  /** The request that was sent last, once it was sent. */
  async request(): Promise<Asked> {
    await settled();
    const last = this.asked.at(-1);
    assert.ok(last);
    return last;
  }
}

/** Everything that waits for nothing but promises has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const [here, there] = ['https://here.example', 'https://there.example'];
const text = (reading: Reading): string | undefined => reading.transcript?.turns[0]?.content;

describe('loading the conversation of a panel', () => {
  it('is busy until the answer comes', async () => {
    const session = new Session(here);
    const reading = session.open();
    const done = reading.read();
    assert.equal(reading.busy, true);
    (await session.request()).answer('hello');
    await done;
    assert.equal(reading.busy, false);
    assert.equal(text(reading), 'hello');
    assert.equal(reading.number, 1);
    assert.equal(reading.origin, here);
  });

  it('keeps what was read while it is read again, and when that fails', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.read();
    (await session.request()).answer('hello');
    await settled();
    void reading.read();
    assert.equal(text(reading), 'hello');
    (await session.request()).fail('server');
    await settled();
    assert.equal(text(reading), 'hello');
    assert.equal(reading.number, 1);
    assert.equal(reading.problem?.kind, 'failed');
  });

  it('gives up a request that nobody looks at any more, and shows no late answer', async () => {
    const session = new Session(here);
    const reading = session.open();
    let changes = 0;
    void reading.read();
    const request = await session.request();
    reading.onDidChange(() => (changes += 1));
    reading.dispose();
    assert.equal(request.signal.aborted, true);
    request.answer('late');
    await settled();
    assert.equal(reading.transcript, undefined);
    assert.equal(changes, 0);
  });

  it('asks with the new key when the key changes on the way', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.read();
    const before = await session.request();
    session.become(here);
    reading.sessionChanged();
    assert.equal(before.signal.aborted, true);
    const after = await session.request();
    assert.notEqual(after, before);
    before.answer('old');
    after.answer('new');
    await settled();
    assert.equal(text(reading), 'new');
  });

  it('does not ask another server for it, and asks its own when that is back', async () => {
    const session = new Session(there);
    const reading = session.open(here);
    await reading.read();
    assert.deepEqual(reading.problem, { kind: 'elsewhere' });
    assert.equal(session.asked.length, 0);
    session.become(here);
    reading.sessionChanged();
    const request = await session.request();
    assert.equal(request.origin, here);
    request.answer('hello');
    await settled();
    assert.equal(text(reading), 'hello');
    assert.equal(reading.problem, undefined);
  });

  it('gives up what is on its way when another server becomes current', async () => {
    const session = new Session(here);
    const reading = session.open(here);
    void reading.read();
    const request = await session.request();
    session.become(there);
    reading.sessionChanged();
    await settled();
    assert.equal(request.signal.aborted, true);
    assert.deepEqual(reading.problem, { kind: 'elsewhere' });
    assert.equal(session.asked.length, 1);
  });

  it('says that there is no key, and goes on once there is', async () => {
    const session = new Session();
    const reading = session.open();
    await reading.read();
    assert.deepEqual(reading.problem, { kind: 'noKey' });
    session.become(here);
    reading.sessionChanged();
    (await session.request()).answer('hello');
    await settled();
    assert.equal(text(reading), 'hello');
    assert.equal(reading.origin, here);
  });

  it('tries a refused key again when there is another, but not a server that failed', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.read();
    (await session.request()).fail('unauthorized');
    await settled();
    session.become(here);
    reading.sessionChanged();
    (await session.request()).fail('server');
    await settled();
    assert.equal(session.asked.length, 2);
    session.become(here);
    reading.sessionChanged();
    await settled();
    assert.equal(session.asked.length, 2);
  });

  it('knows that what it shows is from elsewhere', async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.read();
    (await session.request()).answer('hello');
    await settled();
    assert.equal(reading.isElsewhere, false);
    session.become(there);
    assert.equal(reading.isElsewhere, true);
    session.become(undefined);
    assert.equal(reading.isElsewhere, false);
  });

  it("knows that it can't be read again without a key, once that is settled", async () => {
    const session = new Session(here);
    const reading = session.open();
    void reading.read();
    (await session.request()).answer('hello');
    await settled();
    session.become(undefined);
    reading.sessionChanged();
    assert.equal(reading.isOrphaned, false);
    await settled();
    assert.equal(reading.isOrphaned, true);
    assert.equal(text(reading), 'hello');
    session.become(here);
    reading.sessionChanged();
    await settled();
    assert.equal(reading.isOrphaned, false);
    assert.equal(session.asked.length, 1);
  });

  describe('again, unasked', () => {
    const noSignal = new AbortController().signal;

    async function opened(session: Session): Promise<{ reading: Reading; told: () => number }> {
      const reading = session.open();
      void reading.read();
      (await session.request()).answer('hello');
      await settled();
      let told = 0;
      reading.onDidChange(() => (told += 1));
      return { reading, told: () => told };
    }

    it('tells nobody where it is the same, and does not seem busy', async () => {
      const session = new Session(here);
      const { reading, told } = await opened(session);
      const polling = reading.poll(noSignal);
      const request = await session.request();
      assert.equal(reading.busy, false);
      request.answer('hello');
      assert.deepEqual([await polling, told(), reading.number, session.asked.length], [{ kind: 'read' }, 0, 1, 2]);
    });

    it('tells of another transcript', async () => {
      const session = new Session(here);
      const { reading, told } = await opened(session);
      const polling = reading.poll(noSignal);
      (await session.request()).answer('hello again');
      await polling;
      assert.deepEqual([text(reading), told(), reading.number], ['hello again', 1, 2]);
    });

    it('keeps what is shown, without a word, where it fails', async () => {
      const session = new Session(here);
      const { reading, told } = await opened(session);
      const polling = reading.poll(noSignal);
      (await session.request()).fail('server');
      const outcome = await polling;
      assert.equal(outcome.kind === 'failed' && outcome.error.kind, 'server');
      assert.deepEqual([told(), reading.problem, text(reading)], [0, undefined, 'hello']);
    });

    for (const kind of ['notFound', 'forbidden', 'rejected'] as const) {
      it(`says that it is ${kind}, and does not ask for it any more`, async () => {
        const session = new Session(here);
        const { reading, told } = await opened(session);
        const polling = reading.poll(noSignal);
        (await session.request()).fail(kind);
        assert.deepEqual(await polling, { kind: 'read' });
        assert.deepEqual(
          [told(), reading.problem?.kind, reading.isPolled, text(reading)],
          [1, 'failed', false, 'hello'],
        );
        assert.deepEqual(await reading.poll(noSignal), { kind: 'given up' });
        assert.equal(session.asked.length, 2);
      });
    }

    it('takes back a failure when it can be read, same as before or not', async () => {
      const session = new Session(here);
      const { reading, told } = await opened(session);
      void reading.read();
      (await session.request()).fail('server');
      await settled();
      const before = told();
      const polling = reading.poll(noSignal);
      (await session.request()).answer('hello');
      await polling;
      assert.deepEqual([reading.problem, told() - before], [undefined, 1]);
    });

    it('gives way to the reader’s own reading, and asks nobody elsewhere', async () => {
      const session = new Session(here);
      const { reading } = await opened(session);
      const polling = reading.poll(noSignal);
      const first = await session.request();
      void reading.read();
      first.answer('late');
      assert.deepEqual(await polling, { kind: 'given up' });
      await settled();
      session.become(there);
      assert.equal(reading.isPolled, false);
      assert.deepEqual(await reading.poll(noSignal), { kind: 'given up' });
      session.become(undefined);
      assert.equal(reading.isPolled, false);
    });
  });
});
