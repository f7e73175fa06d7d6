import assert from 'node:assert/strict';
import type { ConversationsApi } from '../../../src/core/api/api';
import { ApiError, type ApiErrorKind } from '../../../src/core/api/errors';
import { ExportRun, type ExportSource, type FailureChoice } from '../../../src/core/export/exportText';
import type { Transcript } from '../../../src/core/model/transcript';

const origin = 'https://call.example';
const transcript = {} as Transcript;
const failure = (kind: ApiErrorKind): ApiError => new ApiError({ kind, origin });

type Options = Parameters<ConversationsApi['getTranscript']>[1];

/** Runs over conversations whose transcripts come, or fail as `fails` says. A piece of text for each tells what was written. */
class Run {
  readonly asked: ApiError[] = [];
  readonly read: { readonly id: string; readonly options: Options }[] = [];
  readonly abort = new AbortController();
  readonly run: ExportRun;
  fails: (id: string) => Error | undefined = () => undefined;

  constructor(
    private readonly answers: FailureChoice[] = [],
    transcripts = true,
  ) {
    this.run = new ExportRun({
      about: { exportedAt: '', source: '', covers: 'filter', filter: '', transcripts, masked: [] },
      serialiser: {
        begin: () => 'begin',
        add: ({ id, missed, transcript: read }) => `${id}${missed ?? ''}${read === undefined ? '' : '+'}`,
        end: ({ conversations }) => `end ${conversations}`,
      },
      api: {
        origin,
        getTranscript: (id, options) => {
          this.read.push({ id, options });
          const error = this.fails(id);
          return error === undefined ? Promise.resolve(transcript) : Promise.reject(error);
        },
      },
      signal: this.abort.signal,
      ask: (error) => {
        this.asked.push(error);
        return Promise.resolve(this.answers.shift() ?? 'discard');
      },
      whyMissed: ({ kind }) => ` (${kind})`,
      summary: ({ conversations }) => ({ conversations, complete: true, missed: [] }),
      told: () => undefined,
    });
  }

  text(...ids: readonly string[]): AsyncGenerator<string, void, void> {
    return this.run.text(sources(ids));
  }

  async all(...ids: readonly string[]): Promise<string[]> {
    const pieces: string[] = [];
    for await (const piece of this.text(...ids)) pieces.push(piece);
    return pieces;
  }
}

async function* sources(ids: readonly string[]): AsyncGenerator<ExportSource> {
  for (const id of ids) yield { id, conversation: undefined };
}

const isCancelled = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'cancelled' && error.origin === origin;

describe('The text of an export', () => {
  it('reads each transcript once, behind what somebody waits for, and counts what it has and what it lacks', async () => {
    const run = new Run();
    run.fails = (id) => (id === 'b' ? failure('notFound') : undefined);
    assert.deepEqual(await run.all('a', 'b', 'c'), ['begin', 'a+', 'b (notFound)', 'c+', 'end 3']);
    assert.deepEqual(
      run.read.map(({ id, options }) => [id, options?.priority, options?.signal]),
      ['a', 'b', 'c'].map((id) => [id, 'background', run.abort.signal]),
    );
    assert.deepEqual(
      [run.run.result, run.asked],
      [{ conversations: 3, transcriptsMissed: 1, stoppedBy: undefined }, []],
    );
  });

  it('reads no transcript where none is wanted', async () => {
    const run = new Run([], false);
    assert.deepEqual(await run.all('a', 'b'), ['begin', 'a', 'b', 'end 2']);
    assert.deepEqual(run.read, []);
  });

  it('ends with what came, where that is to be kept, and says what ended it', async () => {
    const run = new Run(['keep']);
    const error = failure('unauthorized');
    run.fails = (id) => (id === 'a' ? undefined : error);
    assert.deepEqual(await run.all('a', 'b', 'c'), ['begin', 'a+', 'end 1']);
    assert.deepEqual(
      [run.run.result, run.asked.length],
      [{ conversations: 1, transcriptsMissed: 0, stoppedBy: error }, 1],
    );
  });

  it('still has what came before the list failed, transcripts that are missing among it', async () => {
    const run = new Run(['keep']);
    run.fails = (id) => (id === 'b' ? failure('notFound') : undefined);
    const listError = failure('server');
    async function* failing(): AsyncGenerator<ExportSource> {
      yield* sources(['a', 'b']);
      assert.equal(await run.run.listFailed(listError), false);
    }
    const pieces: string[] = [];
    for await (const piece of run.run.text(failing())) pieces.push(piece);
    assert.deepEqual(pieces, ['begin', 'a+', 'b (notFound)', 'end 2']);
    assert.equal(run.run.result.stoppedBy, listError);
  });

  it('asks again for each time that somebody had it tried again', async () => {
    const run = new Run(['retry', 'retry']);
    let failures = 2;
    run.fails = () => ((failures -= 1) < 0 ? undefined : failure('network'));
    assert.deepEqual(await run.all('a'), ['begin', 'a+', 'end 1']);
    assert.equal(run.asked.length, 2);
  });

  it('is given up by Discard', async () => {
    const run = new Run(['discard']);
    run.fails = () => failure('rateLimited');
    await assert.rejects(run.all('a'), isCancelled);
    assert.equal(run.run.result.stoppedBy, undefined);
  });

  it('fails with what is no failure of the server’s, and asks nobody about that', async () => {
    const run = new Run();
    const defect = new Error('a defect');
    run.fails = () => defect;
    await assert.rejects(run.all('a'), defect);
    assert.deepEqual(run.asked, []);
  });

  describe('once it is stopped', () => {
    it('has no further conversation', async () => {
      const run = new Run();
      const text = run.text('a', 'b');
      assert.deepEqual([(await text.next()).value, (await text.next()).value], ['begin', 'a+']);
      run.abort.abort();
      await assert.rejects(text.next(), isCancelled);
    });

    it('has no end', async () => {
      const run = new Run();
      const text = run.text();
      await text.next();
      run.abort.abort();
      await assert.rejects(text.next(), isCancelled);
    });

    it('asks nobody about what fails by that', async () => {
      const run = new Run();
      run.fails = () => {
        run.abort.abort();
        return failure('cancelled');
      };
      await assert.rejects(run.all('a'), isCancelled);
      assert.deepEqual(run.asked, []);
    });
  });
});
