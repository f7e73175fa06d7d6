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
import { ExportRun, type ExportStanding, type FailureChoice } from '../../../src/core/export/exportText';
import type { ExportAbout } from '../../../src/core/export/format';
import { jsonSerialiser } from '../../../src/core/export/json';
import type { Conversation } from '../../../src/core/model/conversation';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { startSampleServer, type SampleServer, type SampleServerOptions } from '../../support/sampleServer';
import { clientFor, ImpatientClock, createOpenGate } from '../api/support/client';

const list = '/user/conversations';

interface Written {
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
  let asked: ApiError[];
  let standing: ExportStanding | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aiployees-export-'));
    file = join(folder, 'export.json');
    answers = [];
    asked = [];
    standing = undefined;
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await server.close();
  });

  async function begin(options: SampleServerOptions = {}): Promise<void> {
    server = await startSampleServer({ fixtures: false, rate: 0, ...options });
    const clock = new ImpatientClock();
    api = clientFor(server.url, { clock, gate: createOpenGate(clock) }).api;
  }

  async function* sources(
    rows: AsyncIterable<Conversation>,
  ): AsyncGenerator<{ id: string; conversation: Conversation }> {
    for await (const row of rows) yield { id: row.id, conversation: row };
  }

  /** @param told is called after each conversation */
  async function run(
    transcripts: boolean,
    signal = new AbortController().signal,
    told: (standing: ExportStanding) => void = () => undefined,
  ): Promise<void> {
    const walk = new RowWalk(api, {});
    const about: ExportAbout = { exportedAt: '', source: '', covers: 'filter', filter: '', transcripts, masked: [] };
    const exporting: ExportRun = new ExportRun({
      about,
      serialiser: jsonSerialiser(),
      api,
      signal,
      ask: (error) => {
        asked.push(error);
        return Promise.resolve(answers.shift() ?? 'discard');
      },
      whyMissed: ({ kind }) => kind,
      summary: ({ conversations, stoppedBy }) => ({
        conversations,
        complete: stoppedBy === undefined && walk.standing.complete,
        missed: [],
      }),
      told: (now) => {
        standing = now;
        told(now);
      },
    });
    await writeAtomically(
      file,
      exporting.text(sources(walk.rows({ signal, onFailure: (error) => exporting.listFailed(error) }))),
      signal,
    );
  }

  const written = async (): Promise<Written> => JSON.parse(await readFile(file, 'utf8')) as Written;
  const idsOf = ({ conversations }: Written): string[] => conversations.map(({ conversation }) => conversation.id);
  const served = (): string[] => {
    const { state } = server.backend;
    return state.select('all', () => true).map((number) => state.get(number).id);
  };

  for (const style of ['page', 'cursor'] as const) {
    it(`has each conversation once, in the list's order, with its transcript (${style}s)`, async () => {
      await begin({ style, count: 330 });
      await run(true);
      const file = await written();
      assert.deepEqual(idsOf(file), served());
      assert.deepEqual(file.summary, { conversations: 330, complete: true, missed: [] });
      assert.ok(file.conversations.every(({ transcript }) => transcript !== undefined));
      assert.deepEqual(await readdir(folder), ['export.json']);
    });
  }

  it('loses none while others come', async () => {
    await begin({ count: 400, driftingRows: 3 });
    const before = served();
    await run(false);
    const ids = idsOf(await written());
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      before.filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('leaves nothing when it is stopped, and what stood there as it was', async () => {
    await begin({ count: 300 });
    await writeFile(file, 'before');
    const abort = new AbortController();
    await assert.rejects(run(true, abort.signal, ({ conversations }) => conversations === 150 && abort.abort()));
    assert.deepEqual(await readdir(folder), ['export.json']);
    assert.equal(await readFile(file, 'utf8'), 'before');
  });

  it('notes a transcript that can not be read, and goes on', async () => {
    await begin({ count: 12 });
    const gone = served()[4];
    server.failNext({ match: `/conversations/${gone}`, status: 404 });
    await run(true);
    const { conversations, summary } = await written();
    assert.deepEqual(
      conversations
        .filter(({ transcript_missed: missed }) => missed !== undefined)
        .map(({ conversation, transcript_missed: missed }) => [conversation.id, missed]),
      [[gone, 'notFound']],
    );
    assert.deepEqual([summary.conversations, standing?.transcriptsMissed, asked.length], [12, 1, 0]);
  });

  describe('where the list fails in the middle', () => {
    const failSecond = (times: number): void => {
      for (let time = 0; time < times; time += 1) server.failNext({ match: list, status: 401 });
    };
    const failOnceStarted = (): ((standing: ExportStanding) => void) => {
      let failed = false;
      return () => {
        if (failed) return;
        failed = true;
        failSecond(8);
      };
    };

    it('reads on after Retry, without a hole', async () => {
      await begin({ style: 'cursor', count: 900 });
      answers = Array.from({ length: 10 }, () => 'retry' as const);
      await run(false, undefined, failOnceStarted());
      const file = await written();
      assert.ok(asked.length > 0);
      assert.deepEqual([...idsOf(file)].sort(), served().sort());
    });

    it('keeps what came, and says that it is not all', async () => {
      await begin({ style: 'cursor', count: 900 });
      answers = ['keep'];
      await run(false, undefined, failOnceStarted());
      const file = await written();
      assert.equal(file.summary.complete, false);
      assert.deepEqual(idsOf(file), served().slice(0, file.summary.conversations));
      assert.ok(file.summary.conversations > 0 && file.summary.conversations < 900);
    });

    it('leaves nothing after Discard', async () => {
      await begin({ style: 'cursor', count: 900 });
      await assert.rejects(run(false, undefined, failOnceStarted()), ApiError);
      assert.deepEqual(await readdir(folder), []);
    });
  });

  it('asks once where the key is refused for transcripts, and tries all of them again', async () => {
    await begin({ count: 20 });
    // By name: what is asked again may arrive before what was asked first.
    for (const id of served().slice(0, 4)) server.failNext({ match: `/conversations/${id}`, status: 401 });
    answers = ['retry'];
    await run(true);
    const { conversations } = await written();
    assert.equal(asked.length, 1);
    assert.ok(conversations.length === 20 && conversations.every(({ transcript }) => transcript !== undefined));
  });

  describe('on a disk that refuses', () => {
    const failsWith =
      (code: string) =>
      (error: unknown): boolean =>
        error instanceof DiskError && error.code === code;

    it("asks the server for nothing where the folder doesn't exist", async () => {
      await begin();
      file = join(folder, 'none', 'export.json');
      await assert.rejects(run(false), failsWith('ENOENT'));
      assert.equal(server.requests.length, 0);
    });

    it('leaves nothing where it is full, and what stood there as it was', async () => {
      await begin({ count: 300 });
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

    it('asks the server for nothing where the folder is read-only', async function () {
      await begin();
      // The superuser may write everywhere.
      if (process.getuid?.() === 0 || process.platform === 'win32') this.skip();
      await chmod(folder, 0o555);
      await assert.rejects(run(false), failsWith('EACCES'));
      await chmod(folder, 0o755);
      assert.equal(server.requests.length, 0);
    });

    it('leaves nothing where a folder stands in its place', async () => {
      await begin();
      await mkdir(file);
      await writeFile(join(file, 'kept'), '');
      await assert.rejects(run(false), DiskError);
      assert.deepEqual(await readdir(folder), ['export.json']);
    });

    it('follows a link, which stays one', async () => {
      await begin();
      const real = join(folder, 'real.json');
      await writeFile(real, 'before');
      await symlink(real, file);
      await run(false);
      assert.deepEqual((await readdir(folder)).sort(), ['export.json', 'real.json']);
      assert.equal((JSON.parse(await readFile(real, 'utf8')) as Written).summary.complete, true);
    });
  });
});
