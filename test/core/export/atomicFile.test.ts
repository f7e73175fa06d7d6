import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskError, writeAtomically } from '../../../src/core/export/atomicFile';

const { signal } = new AbortController();

describe('writeAtomically', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aiployees-atomic-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('writes chunks to a temporary file and leaves the old file until the end', async () => {
    const path = join(folder, 'export.json');
    await writeFile(path, 'before');
    const sizes: number[] = [];
    async function* chunks(): AsyncGenerator<string> {
      for (const size of [10, 100_000, 64 * 1024, 10]) {
        yield 'x'.repeat(size);
        const [temporary = ''] = (await readdir(folder)).filter((name) => name.endsWith('.part'));
        sizes.push((await stat(join(folder, temporary))).size);
        assert.equal(await readFile(path, 'utf8'), 'before');
      }
    }
    await writeAtomically(path, chunks(), signal);
    // Small chunks are buffered; a large one is written before the next chunk is requested.
    assert.deepEqual(sizes, [0, 100_010, 165_546, 165_546]);
    assert.equal((await readFile(path, 'utf8')).length, 165_556);
    assert.deepEqual(await readdir(folder), ['export.json']);
  });

  it('supports the longest file name that the disk allows', async () => {
    const path = join(folder, `${'n'.repeat(250)}.json`);
    await writeAtomically(path, chunksOf('text'), signal);
    assert.equal(await readFile(path, 'utf8'), 'text');
  });

  it("leaves no temporary file if the rename fails, and reports the system's error code", async () => {
    const path = join(folder, 'folder');
    async function* chunks(): AsyncGenerator<string> {
      yield 'text';
      await mkdir(join(path, 'within'), { recursive: true });
    }
    const error = await writeAtomically(path, chunks(), signal).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof DiskError);
    assert.equal(error.code, 'EISDIR');
    assert.ok(error.cause instanceof Error);
    assert.deepEqual(await readdir(folder), ['folder']);
  });

  it("reports the system's error code, if there is one", () => {
    const withCode = (code: unknown): Error => Object.assign(new Error('no'), { code });
    assert.deepEqual(
      [withCode('ENOSPC'), withCode(7), new Error('no'), 'no', undefined].map((cause) => new DiskError(cause).code),
      ['ENOSPC', undefined, undefined, undefined, undefined],
    );
    assert.equal(String(new DiskError(withCode('ENOSPC'))), 'DiskError: the file could not be written');
  });

  describe('when it replaces a file', () => {
    const modes = { own: 0o600, group: 0o640, script: 0o755, everyone: 0o666 };
    // Windows has only one mode bit.
    beforeEach(function () {
      if (process.platform === 'win32') this.skip();
    });
    const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    const parts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));

    for (const [name, mode] of Object.entries(modes)) {
      it(`keeps the file mode and is private while it is written: ${name}`, async () => {
        const path = join(folder, 'export.json');
        await writeFile(path, 'before');
        await chmod(path, mode);
        const modesDuringWrite: number[] = [];
        async function* chunks(): AsyncGenerator<string> {
          yield 'x'.repeat(100_000);
          for (const part of parts()) modesDuringWrite.push(await modeOf(join(folder, part)));
        }
        await writeAtomically(path, chunks(), signal);
        assert.deepEqual(modesDuringWrite, [0o600]);
        assert.equal(await modeOf(path), mode);
      });
    }

    it('uses the mode that the old file has at the end', async () => {
      const [restricted, created, deleted] = ['restricted', 'created', 'deleted'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      await writeFile(restricted, 'before');
      await writeFile(deleted, 'before');
      await chmod(deleted, 0o600);
      await writeAtomically(
        restricted,
        actThenYield(() => chmod(restricted, 0o600)),
        signal,
      );
      await writeAtomically(
        created,
        actThenYield(() => writeFile(created, 'meanwhile', { mode: 0o600 })),
        signal,
      );
      await writeAtomically(
        deleted,
        actThenYield(() => rm(deleted)),
        signal,
      );
      assert.deepEqual(await Promise.all([restricted, created, deleted].map(modeOf)), [0o600, 0o600, 0o600]);
      assert.equal(await readFile(created, 'utf8'), 'text');
    });

    it("stays private if the disk doesn't support modes", async () => {
      const path = join(folder, 'export.json');
      await writeFile(path, 'before', { mode: 0o640 });
      await withMethod(
        'chmod',
        () => Promise.reject(systemError('EPERM')),
        () => writeAtomically(path, chunksOf('text'), signal),
      );
      assert.deepEqual([await modeOf(path), await readFile(path, 'utf8')], [0o600, 'text']);
    });

    it('rejects a read-only file without requesting chunks, even for the superuser', async () => {
      const path = join(folder, 'export.json');
      await writeFile(path, 'before');
      for (const mode of [0o444, 0o400, 0o555]) {
        await chmod(path, mode);
        await assert.rejects(writeAtomically(path, failIfRead(), signal), failsWith('EACCES'));
        assert.deepEqual(
          [await readFile(path, 'utf8'), await modeOf(path), await readdir(folder)],
          ['before', mode, ['export.json']],
        );
      }
      await chmod(path, 0o644);
      await assert.rejects(
        writeAtomically(
          path,
          actThenYield(() => chmod(path, 0o444)),
          signal,
        ),
        failsWith('EACCES'),
        'made read-only during the export',
      );
      assert.deepEqual([await readFile(path, 'utf8'), await readdir(folder)], ['before', ['export.json']]);
      await chmod(path, 0o222);
      await writeAtomically(path, chunksOf('text'), signal);
      assert.equal(await modeOf(path), 0o222);
    });

    it('rejects a file that only other users can write', async function () {
      if (process.getuid?.() === 0) this.skip();
      const path = join(folder, 'export.json');
      await writeFile(path, 'before');
      await chmod(path, 0o466);
      await assert.rejects(writeAtomically(path, failIfRead(), signal), failsWith('EACCES'));
      assert.equal(await readFile(path, 'utf8'), 'before');
    });

    it('uses the default mode if it replaces no file', async () => {
      const [path, plain] = [join(folder, 'export.json'), join(folder, 'plain')];
      const before = process.umask(0o027);
      try {
        await writeAtomically(path, chunksOf('text'), signal);
        await writeFile(plain, '');
      } finally {
        process.umask(before);
      }
      assert.deepEqual([await modeOf(path), await modeOf(plain)], [0o640, 0o640]);
    });
  });

  it('rejects a folder as the target without requesting chunks', async () => {
    const path = join(folder, 'export.json');
    await mkdir(path);
    await assert.rejects(writeAtomically(path, failIfRead(), signal), failsWith('EISDIR'));
    assert.deepEqual(await readdir(folder), ['export.json']);
  });

  describe('when the disk fails late', () => {
    const failures: Readonly<Record<string, (this: FileHandle) => Promise<void>>> = {
      'on sync': () => Promise.reject(systemError('ENOSPC')),
      'on close': function () {
        failToClose(this, 'ENOSPC');
        return Promise.resolve();
      },
    };
    for (const [step, sync] of Object.entries(failures)) {
      it(`keeps the old file and leaves no temporary file: ${step}`, async () => {
        const path = join(folder, 'export.json');
        await writeFile(path, 'before');
        await withMethod('sync', sync, () =>
          assert.rejects(writeAtomically(path, chunksOf('text'), signal), failsWith('ENOSPC')),
        );
        assert.deepEqual([await readdir(folder), await readFile(path, 'utf8')], [['export.json'], 'before']);
      });
    }

    it('reports the first error', async () => {
      function write(this: FileHandle): Promise<void> {
        failToClose(this, 'EIO');
        return Promise.reject(systemError('ENOSPC'));
      }
      await withMethod('writeFile', write, () =>
        assert.rejects(writeAtomically(join(folder, 'export.json'), chunksOf('text'), signal), failsWith('ENOSPC')),
      );
      assert.deepEqual(await readdir(folder), []);
    });
  });

  describe('when it is stopped', () => {
    const names = (): string[] => readdirSync(folder);

    /** Runs `stop` when part of the file is written, and checks that the temporary file is removed. */
    async function stopHalfway(signal: AbortSignal, stop: () => void): Promise<void> {
      async function* chunks(): AsyncGenerator<string> {
        yield 'x'.repeat(100_000);
        assert.match(names().join(), /^\.export\.json\.[0-9a-f]{12}\.part$/);
        stop();
        assert.deepEqual(names(), []);
        await new Promise(setImmediate);
      }
      await assert.rejects(writeAtomically(join(folder, 'export.json'), chunks(), signal));
      assert.deepEqual(names(), []);
    }

    it('removes the temporary file immediately', () => {
      const abort = new AbortController();
      return stopHalfway(abort.signal, () => abort.abort());
    });

    it('removes the temporary file when the process exits', () => {
      const before = process.listeners('exit');
      return stopHalfway(signal, () => {
        for (const listener of process.listeners('exit').filter((each) => !before.includes(each))) listener(0);
      });
    });

    it('removes its exit listener after success and failure', async () => {
      const count = (): number => process.listenerCount('exit');
      const before = count();
      const abort = new AbortController();
      const path = join(folder, 'export.json');
      await writeAtomically(
        path,
        actThenYield(() => assert.equal(count(), before + 1)),
        abort.signal,
      );
      await withMethod(
        'sync',
        () => Promise.reject(systemError('EIO')),
        () => assert.rejects(writeAtomically(path, chunksOf('text'), abort.signal)),
      );
      assert.equal(count(), before);
      abort.abort();
      assert.deepEqual(names(), ['export.json']);
    });

    it('requests no chunks if it was stopped before or while it created the file', async () => {
      const missing = join(folder, 'missing', 'export.json');
      await assert.rejects(writeAtomically(missing, failIfRead(), AbortSignal.abort()), { name: 'AbortError' });
      const abort = new AbortController();
      // The exit listener is added just before the file is created.
      process.once('newListener', () => queueMicrotask(() => abort.abort()));
      await assert.rejects(writeAtomically(join(folder, 'export.json'), failIfRead(), abort.signal), {
        name: 'AbortError',
      });
      assert.deepEqual([abort.signal.aborted, names()], [true, []]);
    });

    it("doesn't replace the file if it is stopped at the end", async () => {
      const abort = new AbortController();
      const path = join(folder, 'export.json');
      await assert.rejects(
        writeAtomically(
          path,
          actThenYield(() => abort.abort()),
          abort.signal,
        ),
        { name: 'AbortError' },
      );
      const another = new AbortController();
      await withMethod(
        'sync',
        () => Promise.resolve(another.abort()),
        () => assert.rejects(writeAtomically(path, chunksOf('text'), another.signal), { name: 'AbortError' }),
      );
      assert.deepEqual(names(), []);
    });
  });
});

const failsWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof DiskError && error.code === code;

/** Runs `work` with one method of all open files replaced. */
async function withMethod(
  name: 'chmod' | 'sync' | 'writeFile',
  method: (this: FileHandle) => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  const handle = await open(__filename);
  const prototype = Object.getPrototypeOf(handle) as Record<typeof name, typeof method>;
  await handle.close();
  const { [name]: before } = prototype;
  prototype[name] = method;
  try {
    await work();
  } finally {
    prototype[name] = before;
  }
}

/** `close` is a property of each file handle, not of the prototype. */
function failToClose(file: FileHandle, code: string): void {
  const { close } = file;
  file.close = async () => {
    await close.call(file);
    throw systemError(code);
  };
}

function systemError(code: string): Error {
  return Object.assign(new Error('no'), { code });
}

/** Runs `action` when the first chunk is requested, then yields it. */
async function* actThenYield(action: () => unknown): AsyncGenerator<string> {
  await action();
  yield 'text';
}

async function* failIfRead(): AsyncGenerator<string> {
  assert.fail('no chunk may be requested');
}

async function* chunksOf(...chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}
