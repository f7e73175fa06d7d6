import assert from 'node:assert/strict';
import type { ConversationsApi } from '../../../src/core/api/api';
import { ApiError, type ApiErrorKind } from '../../../src/core/api/errors';
import { ExportRun, type ExportSource, type FailureChoice } from '../../../src/core/export/exportText';
import type { Transcript } from '../../../src/core/model/transcript';

const origin = 'https://call.example';
const transcript = {} as Transcript;
const failure = (kind: ApiErrorKind): ApiError => new ApiError({ kind, origin });

type Options = Parameters<ConversationsApi['getTranscript']>[1];

/** Exports conversations as short pieces of text. Transcripts fail to load as `fails` says. */
class Run {
  readonly promptErrors: ApiError[] = [];
  readonly loads: { readonly id: string; readonly options: Options }[] = [];
  readonly abort = new AbortController();
  readonly run: ExportRun;
  failureOf: (id: string) => Error | undefined = () => undefined;

  constructor(
    private readonly answers: FailureChoice[] = [],
    transcripts = true,
  ) {
    this.run = new ExportRun({
      about: { exportedAt: '', source: '', covers: 'filter', filter: '', transcripts, masked: [] },
      serializer: {
        begin: () => 'begin',
        add: ({ id, missed, transcript: loaded }) => `${id}${missed ?? ''}${loaded === undefined ? '' : '+'}`,
        end: ({ conversations }) => `end ${conversations}`,
      },
      api: {
        origin,
        getTranscript: (id, options) => {
          this.loads.push({ id, options });
          const error = this.failureOf(id);
          return error === undefined ? Promise.resolve(transcript) : Promise.reject(error);
        },
      },
      signal: this.abort.signal,
      askUser: (error) => {
        this.promptErrors.push(error);
        return Promise.resolve(this.answers.shift() ?? 'discard');
      },
      formatMissingReason: ({ kind }) => ` (${kind})`,
      createSummary: ({ conversations }) => ({ conversations, complete: true, missed: [] }),
      onProgress: () => undefined,
    });
  }

  text(...ids: readonly string[]): AsyncGenerator<string, void, void> {
    return this.run.text(sources(ids));
  }

  async collect(...ids: readonly string[]): Promise<string[]> {
    const pieces: string[] = [];
    for await (const piece of this.text(...ids)) pieces.push(piece);
    return pieces;
  }
}

async function* sources(ids: readonly string[]): AsyncGenerator<ExportSource> {
  for (const id of ids) yield { id, conversation: undefined };
}

const isCancellation = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'cancelled' && error.origin === origin;

describe('The text of an export', () => {
  it('loads each transcript once, with background priority, and counts exported and missed ones', async () => {
    const run = new Run();
    run.failureOf = (id) => (id === 'b' ? failure('notFound') : undefined);
    assert.deepEqual(await run.collect('a', 'b', 'c'), ['begin', 'a+', 'b (notFound)', 'c+', 'end 3']);
    assert.deepEqual(
      run.loads.map(({ id, options }) => [id, options?.priority, options?.signal]),
      ['a', 'b', 'c'].map((id) => [id, 'background', run.abort.signal]),
    );
    assert.deepEqual(
      [run.run.result, run.promptErrors],
      [{ conversations: 3, transcriptsMissed: 1, stoppedBy: undefined }, []],
    );
  });

  it('loads no transcripts if none are requested', async () => {
    const run = new Run([], false);
    assert.deepEqual(await run.collect('a', 'b'), ['begin', 'a', 'b', 'end 2']);
    assert.deepEqual(run.loads, []);
  });

  it('ends with the loaded conversations after Keep and reports the error', async () => {
    const run = new Run(['keep']);
    const error = failure('unauthorized');
    run.failureOf = (id) => (id === 'a' ? undefined : error);
    assert.deepEqual(await run.collect('a', 'b', 'c'), ['begin', 'a+', 'end 1']);
    assert.deepEqual(
      [run.run.result, run.promptErrors.length],
      [{ conversations: 1, transcriptsMissed: 0, stoppedBy: error }, 1],
    );
  });

  it('contains all conversations loaded before the list failed, including those with missed transcripts', async () => {
    const run = new Run(['keep']);
    run.failureOf = (id) => (id === 'b' ? failure('notFound') : undefined);
    const listError = failure('server');
    async function* sourcesThenError(): AsyncGenerator<ExportSource> {
      yield* sources(['a', 'b']);
      assert.equal(await run.run.listFailed(listError), false);
    }
    const pieces: string[] = [];
    for await (const piece of run.run.text(sourcesThenError())) pieces.push(piece);
    assert.deepEqual(pieces, ['begin', 'a+', 'b (notFound)', 'end 2']);
    assert.equal(run.run.result.stoppedBy, listError);
  });

  it('asks again after each failed retry', async () => {
    const run = new Run(['retry', 'retry']);
    let failures = 2;
    run.failureOf = () => ((failures -= 1) < 0 ? undefined : failure('network'));
    assert.deepEqual(await run.collect('a'), ['begin', 'a+', 'end 1']);
    assert.equal(run.promptErrors.length, 2);
  });

  it('is canceled by Discard', async () => {
    const run = new Run(['discard']);
    run.failureOf = () => failure('rateLimited');
    await assert.rejects(run.collect('a'), isCancellation);
    assert.equal(run.run.result.stoppedBy, undefined);
  });

  it('throws unexpected errors without asking', async () => {
    const run = new Run();
    const unexpectedError = new Error('a defect');
    run.failureOf = () => unexpectedError;
    await assert.rejects(run.collect('a'), unexpectedError);
    assert.deepEqual(run.promptErrors, []);
  });

  describe('after it is stopped', () => {
    it('yields no further conversation', async () => {
      const run = new Run();
      const text = run.text('a', 'b');
      assert.deepEqual([(await text.next()).value, (await text.next()).value], ['begin', 'a+']);
      run.abort.abort();
      await assert.rejects(text.next(), isCancellation);
    });

    it('yields no end', async () => {
      const run = new Run();
      const text = run.text();
      await text.next();
      run.abort.abort();
      await assert.rejects(text.next(), isCancellation);
    });

    it("doesn't ask about the cancellation error", async () => {
      const run = new Run();
      run.failureOf = () => {
        run.abort.abort();
        return failure('cancelled');
      };
      await assert.rejects(run.collect('a'), isCancellation);
      assert.deepEqual(run.promptErrors, []);
    });
  });
});
