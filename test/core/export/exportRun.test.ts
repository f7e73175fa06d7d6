import assert from 'node:assert/strict';
import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationsApi } from '../../../src/core/api/api';
import { ApiError } from '../../../src/core/api/errors';
import { DiskError, writeAtomically } from '../../../src/core/export/atomicFile';
import { ExportRun, type ExportProgress, type FailureChoice } from '../../../src/core/export/exportText';
import type { ExportAbout } from '../../../src/core/export/format';
import { createJsonSerializer } from '../../../src/core/export/json';
import type { Conversation } from '../../../src/core/model/conversation';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { startSampleServer, type SampleServer, type SampleServerOptions } from '../../support/sampleServer';
import { clientFor, ImpatientClock, createOpenGate } from '../api/support/client';

const list = '/user/conversations';

interface ExportFile {
  readonly conversations: readonly {
    readonly conversation: { readonly id: string };
    readonly transcript?: unknown;
    readonly transcript_missed?: string;
  }[];
  readonly summary: { readonly conversations: number; readonly complete: boolean };
}

describe('An export to a file', () => {
  let folder: string;
  let file: string;
  let server: SampleServer;
  let api: ConversationsApi;
  let answers: FailureChoice[];
  let promptErrors: ApiError[];
  let status: ExportProgress | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aiployees-export-'));
    file = join(folder, 'export.json');
    answers = [];
    promptErrors = [];
    status = undefined;
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await server.close();
  });

  async function startServer(options: SampleServerOptions = {}): Promise<void> {
    server = await startSampleServer({ fixtures: false, rate: 0, ...options });
    const clock = new ImpatientClock();
    api = clientFor(server.url, { clock, gate: createOpenGate(clock) }).api;
  }

  async function* sources(
    rows: AsyncIterable<Conversation>,
  ): AsyncGenerator<{ id: string; conversation: Conversation }> {
    for await (const row of rows) yield { id: row.id, conversation: row };
  }

  /** @param onProgress is called after each conversation */
  async function run(
    transcripts: boolean,
    signal = new AbortController().signal,
    onProgress: (status: ExportProgress) => void = () => undefined,
  ): Promise<void> {
    const walk = new RowWalk(api, {});
    const about: ExportAbout = { exportedAt: '', source: '', covers: 'filter', filter: '', transcripts, masked: [] };
    const exporting: ExportRun = new ExportRun({
      about,
      serializer: createJsonSerializer(),
      api,
      signal,
      askUser: (error) => {
        promptErrors.push(error);
        return Promise.resolve(answers.shift() ?? 'discard');
      },
      formatMissingReason: ({ kind }) => kind,
      createSummary: ({ conversations, stoppedBy }) => ({
        conversations,
        complete: stoppedBy === undefined && walk.progress.complete,
        missed: [],
      }),
      onProgress: (now) => {
        status = now;
        onProgress(now);
      },
    });
    await writeAtomically(
      file,
      exporting.text(sources(walk.rows({ signal, onFailure: (error) => exporting.listFailed(error) }))),
      signal,
    );
  }

  const readExport = async (): Promise<ExportFile> => JSON.parse(await readFile(file, 'utf8')) as ExportFile;
  const idsOf = ({ conversations }: ExportFile): string[] => conversations.map(({ conversation }) => conversation.id);
  const servedIds = (): string[] => {
    const { state } = server.backend;
    return state.select('all', () => true).map((number) => state.get(number).id);
  };

  for (const style of ['page', 'cursor'] as const) {
    it(`contains each conversation once, in list order, with its transcript (${style}s)`, async () => {
      await startServer({ style, count: 330 });
      await run(true);
      const file = await readExport();
      assert.deepEqual(idsOf(file), servedIds());
      assert.deepEqual(file.summary, { conversations: 330, complete: true, missed: [] });
      assert.ok(file.conversations.every(({ transcript }) => transcript !== undefined));
      assert.deepEqual(await readdir(folder), ['export.json']);
    });
  }

  it('loses no conversation while new ones are added', async () => {
    await startServer({ count: 400, driftingRows: 3 });
    const before = servedIds();
    await run(false);
    const ids = idsOf(await readExport());
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      before.filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('keeps the old file and no temporary file when it is stopped', async () => {
    await startServer({ count: 300 });
    await writeFile(file, 'before');
    const abort = new AbortController();
    await assert.rejects(run(true, abort.signal, ({ conversations }) => conversations === 150 && abort.abort()));
    assert.deepEqual(await readdir(folder), ['export.json']);
    assert.equal(await readFile(file, 'utf8'), 'before');
  });

  it('records a transcript that fails to load and continues', async () => {
    await startServer({ count: 12 });
    const missingId = servedIds()[4];
    server.failNext({ match: `/conversations/${missingId}`, status: 404 });
    await run(true);
    const { conversations, summary } = await readExport();
    assert.deepEqual(
      conversations
        .filter(({ transcript_missed: missed }) => missed !== undefined)
        .map(({ conversation, transcript_missed: missed }) => [conversation.id, missed]),
      [[missingId, 'notFound']],
    );
    assert.deepEqual([summary.conversations, status?.transcriptsMissed, promptErrors.length], [12, 1, 0]);
  });

  describe('when the list fails in the middle', () => {
    const failListRequests = (times: number): void => {
      for (let time = 0; time < times; time += 1) server.failNext({ match: list, status: 401 });
    };
    const failAfterFirstRow = (): ((status: ExportProgress) => void) => {
      let hasFailed = false;
      return () => {
        if (hasFailed) return;
        hasFailed = true;
        failListRequests(8);
      };
    };

    it('continues after Retry without gaps', async () => {
      await startServer({ style: 'cursor', count: 900 });
      answers = Array.from({ length: 10 }, () => 'retry' as const);
      await run(false, undefined, failAfterFirstRow());
      const file = await readExport();
      assert.ok(promptErrors.length > 0);
      assert.deepEqual([...idsOf(file)].sort(), servedIds().sort());
    });

    it('writes the loaded conversations after Keep and marks the export as incomplete', async () => {
      await startServer({ style: 'cursor', count: 900 });
      answers = ['keep'];
      await run(false, undefined, failAfterFirstRow());
      const file = await readExport();
      assert.equal(file.summary.complete, false);
      assert.deepEqual(idsOf(file), servedIds().slice(0, file.summary.conversations));
      assert.ok(file.summary.conversations > 0 && file.summary.conversations < 900);
    });

    it('leaves no file after Discard', async () => {
      await startServer({ style: 'cursor', count: 900 });
      await assert.rejects(run(false, undefined, failAfterFirstRow()), ApiError);
      assert.deepEqual(await readdir(folder), []);
    });
  });

  it('asks once if the key is rejected for transcripts, and retries all of them', async () => {
    await startServer({ count: 20 });
    // Matched by ID, because a repeated request may arrive before a first one.
    for (const id of servedIds().slice(0, 4)) server.failNext({ match: `/conversations/${id}`, status: 401 });
    answers = ['retry'];
    await run(true);
    const { conversations } = await readExport();
    assert.equal(promptErrors.length, 1);
    assert.ok(conversations.length === 20 && conversations.every(({ transcript }) => transcript !== undefined));
  });

  describe('when the disk fails', () => {
    const failsWith =
      (code: string) =>
      (error: unknown): boolean =>
        error instanceof DiskError && error.code === code;

    it("sends no requests if the folder doesn't exist", async () => {
      await startServer();
      file = join(folder, 'missing', 'export.json');
      await assert.rejects(run(false), failsWith('ENOENT'));
      assert.equal(server.requests.length, 0);
    });

    it('keeps the old file and no temporary file if the disk is full', async () => {
      await startServer({ count: 300 });
      await writeFile(file, 'before');
      const handle = await open(file);
      const prototype = Object.getPrototypeOf(handle) as FileHandle;
      await handle.close();
      const { writeFile: write } = prototype;
      prototype.writeFile = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      try {
        await assert.rejects(run(false), failsWith('ENOSPC'));
      } finally {
        prototype.writeFile = write;
      }
      assert.deepEqual(await readdir(folder), ['export.json']);
      assert.equal(await readFile(file, 'utf8'), 'before');
    });

    it('sends no requests if the folder is read-only', async function () {
      await startServer();
      // The superuser can write everywhere.
      if (process.getuid?.() === 0 || process.platform === 'win32') this.skip();
      await chmod(folder, 0o555);
      await assert.rejects(run(false), failsWith('EACCES'));
      await chmod(folder, 0o755);
      assert.equal(server.requests.length, 0);
    });

    it('leaves no temporary file if the target is a folder', async () => {
      await startServer();
      await mkdir(file);
      await writeFile(join(file, 'kept'), '');
      await assert.rejects(run(false), DiskError);
      assert.deepEqual(await readdir(folder), ['export.json']);
    });

    it('writes to the target of a symbolic link and keeps the link', async () => {
      await startServer();
      const real = join(folder, 'real.json');
      await writeFile(real, 'before');
      await symlink(real, file);
      await run(false);
      assert.deepEqual((await readdir(folder)).sort(), ['export.json', 'real.json']);
      assert.equal((JSON.parse(await readFile(real, 'utf8')) as ExportFile).summary.complete, true);
    });
  });
});
