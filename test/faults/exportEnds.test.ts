import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Uri } from 'vscode';
import type { ConversationsApi } from '../../src/core/api/api';
import type { ExportSummary } from '../../src/core/export/format';
import { systemClock } from '../../src/core/util/abort';
import { TranscriptLoader } from '../../src/core/store/transcripts';
import { type ExportRequest, runExport } from '../../src/shell/commands/export/run';
import { withLateProgress } from '../../src/shell/lateProgress';
import { clientFor, ImpatientClock, createOpenGate } from '../core/api/support/client';
import { startSampleServer, type SampleServer } from '../support/sampleServer';
import { shown, notifications } from '../support/vscodeStub';

const concurrency = 4;

describe('an export whose window is closed', () => {
  let folder: string;
  let server: SampleServer;
  let api: ConversationsApi;
  let ended: AbortController;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aiployees-export-ends-'));
    server = await startSampleServer({ fixtures: false, rate: 0, count: 12 });
    const clock = new ImpatientClock();
    api = clientFor(server.url, { clock, gate: createOpenGate(clock) }).api;
    ended = new AbortController();
    notifications.length = 0;
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const fileNames = (): string[] => readdirSync(folder);
  /** Messages without the titles of progress, which appears only on slow machines. */
  const prompts = (): string[] => notifications.filter((text) => !shown.progress.some(({ title }) => title === text));
  const startExport = (changes: Partial<ExportRequest> = {}): Promise<ExportSummary | undefined> => {
    const fsPath = join(folder, 'export.json');
    return runExport({
      api,
      transcripts: new TranscriptLoader(),
      about: { exportedAt: '', source: '', covers: 'filter', filter: '', transcripts: true, masked: [] },
      format: 'json',
      uri: { scheme: 'file', fsPath, path: fsPath } as Uri,
      zone: 'UTC',
      selected: undefined,
      isUnchecked: () => false,
      query: {},
      matches: () => true,
      total: undefined,
      now: Date.now,
      ended: ended.signal,
      ...changes,
    });
  };
  const ids = (): string[] => {
    const { state } = server.backend;
    return state.select('all', () => true).map((number) => state.get(number).id);
  };

  it('removes its partial file immediately, and shows no prompt when its requests fail', async () => {
    await writeFile(join(folder, 'export.json'), 'before');
    const gates = ids()
      .slice(0, concurrency)
      .map((id) => server.hold(`/conversations/${id}`));
    const running = startExport();
    await Promise.all(gates.map((gate) => gate.waitForRequests()));
    assert.equal(fileNames().length, 2);
    ended.abort();
    assert.deepEqual(fileNames(), ['export.json']);
    api.dispose();
    assert.equal(await running, undefined);
    assert.deepEqual([prompts(), fileNames()], [[], ['export.json']]);
    for (const gate of gates) gate.release();
  });

  it('reports the conversations that its filter left out because their transcripts are not loaded', async () => {
    const [first] = ids();
    const summary = await startExport({ matches: ({ id }) => id === first, isUnchecked: ({ id }) => id !== first });
    assert.deepEqual([summary?.conversations, summary?.complete], [1, false]);
    assert.match(summary?.missed.join() ?? '', /^\d+ conversations aren't included, because they weren't checked/);
  });

  it("doesn't wait for the user to answer an open question", async () => {
    for (const id of ids().slice(0, concurrency)) server.failNext({ match: `/conversations/${id}`, status: 401 });
    const running = startExport();
    while (prompts().length === 0) await new Promise(setImmediate);
    assert.equal(fileNames().length, 1);
    ended.abort();
    assert.deepEqual(fileNames(), []);
    assert.equal(await running, undefined);
    assert.equal(prompts().length, 1);
  });

  it('shows no progress while it stops', async () => {
    const before = systemClock.setTimeout;
    let passTime = (): void => undefined;
    systemClock.setTimeout = (callback) => {
      passTime = callback;
      return { dispose: () => undefined };
    };
    try {
      for (const closed of [false, true]) {
        let stop = (): void => undefined;
        const working = withLateProgress(
          'Working',
          () => new Promise<void>((resolve) => (stop = resolve)),
          ended.signal,
        );
        if (closed) ended.abort();
        passTime();
        assert.deepEqual(notifications.splice(0), closed ? [] : ['Working']);
        stop();
        await working;
      }
    } finally {
      systemClock.setTimeout = before;
    }
  });

  it("doesn't start if the window is already closed", async () => {
    ended.abort();
    assert.equal(await startExport(), undefined);
    assert.deepEqual([fileNames(), notifications, server.requests], [[], [], []]);
  });
});
