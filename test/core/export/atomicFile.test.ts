import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskError, writeAtomically } from '../../../src/core/export/atomicFile';

const { signal } = new AbortController();

describe('A file that is written as a whole', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aiployees-atomic-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('goes to the disk as it comes, beside what stands there', async () => {
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
    // Little is gathered; much is written before more is asked for.
    assert.deepEqual(sizes, [0, 100_010, 165_546, 165_546]);
    assert.equal((await readFile(path, 'utf8')).length, 165_556);
    assert.deepEqual(await readdir(folder), ['export.json']);
  });

  it('may have as long a name as the disk allows', async () => {
    const path = join(folder, `${'n'.repeat(250)}.json`);
    await writeAtomically(path, all('text'), signal);
    assert.equal(await readFile(path, 'utf8'), 'text');
  });

  it('leaves nothing behind where it can’t be put in its place, and says what the system said', async () => {
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

  it('has a code of the system’s, or none', () => {
    const withCode = (code: unknown): Error => Object.assign(new Error('no'), { code });
    assert.deepEqual(
      [withCode('ENOSPC'), withCode(7), new Error('no'), 'no', undefined].map((cause) => new DiskError(cause).code),
      ['ENOSPC', undefined, undefined, undefined, undefined],
    );
    assert.equal(String(new DiskError(withCode('ENOSPC'))), 'DiskError: the file could not be written');
  });

  describe('that replaces another', () => {
    const modes = { own: 0o600, group: 0o640, script: 0o755, everybody: 0o666 };
    // Windows knows one bit alone.
    beforeEach(function () {
      if (process.platform === 'win32') this.skip();
    });
    const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    const parts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));

    for (const [name, mode] of Object.entries(modes)) {
      it(`may be read by whom that one could be, and meanwhile by its owner alone: ${name}`, async () => {
        const path = join(folder, 'export.json');
        await writeFile(path, 'before');
        await chmod(path, mode);
        const meanwhile: number[] = [];
        async function* chunks(): AsyncGenerator<string> {
          yield 'x'.repeat(100_000);
          for (const part of parts()) meanwhile.push(await modeOf(join(folder, part)));
        }
        await writeAtomically(path, chunks(), signal);
        assert.deepEqual(meanwhile, [0o600]);
        assert.equal(await modeOf(path), mode);
      });
    }

    it('may be read by whom that one can be by then', async () => {
      const [closed, made, gone] = ['closed', 'made', 'gone'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      await writeFile(closed, 'before');
      await writeFile(gone, 'before');
      await chmod(gone, 0o600);
      await writeAtomically(
        closed,
        thenText(() => chmod(closed, 0o600)),
        signal,
      );
      await writeAtomically(
        made,
        thenText(() => writeFile(made, 'meanwhile', { mode: 0o600 })),
        signal,
      );
      await writeAtomically(
        gone,
        thenText(() => rm(gone)),
        signal,
      );
      assert.deepEqual(await Promise.all([closed, made, gone].map(modeOf)), [0o600, 0o600, 0o600]);
      assert.equal(await readFile(made, 'utf8'), 'text');
    });

    it('is for fewer where the disk keeps no modes, and is written all the same', async () => {
      const path = join(folder, 'export.json');
      await writeFile(path, 'before', { mode: 0o640 });
      await withMethod(
        'chmod',
        () => Promise.reject(problem('EPERM')),
        () => writeAtomically(path, all('text'), signal),
      );
      assert.deepEqual([await modeOf(path), await readFile(path, 'utf8')], [0o600, 'text']);
    });

    it('leaves one that may only be read as it is, and asks for nothing; also the superuser', async () => {
      const path = join(folder, 'export.json');
      await writeFile(path, 'before');
      for (const mode of [0o444, 0o400, 0o555]) {
        await chmod(path, mode);
        await assert.rejects(writeAtomically(path, unwanted(), signal), failsWith('EACCES'));
        assert.deepEqual(
          [await readFile(path, 'utf8'), await modeOf(path), await readdir(folder)],
          ['before', mode, ['export.json']],
        );
      }
      await chmod(path, 0o644);
      await assert.rejects(
        writeAtomically(
          path,
          thenText(() => chmod(path, 0o444)),
          signal,
        ),
        failsWith('EACCES'),
        'made so meanwhile',
      );
      assert.deepEqual([await readFile(path, 'utf8'), await readdir(folder)], ['before', ['export.json']]);
      await chmod(path, 0o222);
      await writeAtomically(path, all('text'), signal);
      assert.equal(await modeOf(path), 0o222);
    });

    it('leaves one that others alone may write to as it is', async function () {
      if (process.getuid?.() === 0) this.skip();
      const path = join(folder, 'export.json');
      await writeFile(path, 'before');
      await chmod(path, 0o466);
      await assert.rejects(writeAtomically(path, unwanted(), signal), failsWith('EACCES'));
      assert.equal(await readFile(path, 'utf8'), 'before');
    });

    it('is for whom the system has a new file be where none is replaced', async () => {
      const [path, plain] = [join(folder, 'export.json'), join(folder, 'plain')];
      const before = process.umask(0o027);
      try {
        await writeAtomically(path, all('text'), signal);
        await writeFile(plain, '');
      } finally {
        process.umask(before);
      }
      assert.deepEqual([await modeOf(path), await modeOf(plain)], [0o640, 0o640]);
    });
  });

  it('takes no folder’s place, and asks for nothing', async () => {
    const path = join(folder, 'export.json');
    await mkdir(path);
    await assert.rejects(writeAtomically(path, unwanted(), signal), failsWith('EISDIR'));
    assert.deepEqual(await readdir(folder), ['export.json']);
  });

  describe('on a disk that fails late', () => {
    const ways: Readonly<Record<string, (this: FileHandle) => Promise<void>>> = {
      'as it is written through': () => Promise.reject(problem('ENOSPC')),
      'as it is closed': function () {
        failToClose(this, 'ENOSPC');
        return Promise.resolve();
      },
    };
    for (const [way, sync] of Object.entries(ways)) {
      it(`leaves nothing, and what stood there: ${way}`, async () => {
        const path = join(folder, 'export.json');
        await writeFile(path, 'before');
        await withMethod('sync', sync, () =>
          assert.rejects(writeAtomically(path, all('text'), signal), failsWith('ENOSPC')),
        );
        assert.deepEqual([await readdir(folder), await readFile(path, 'utf8')], [['export.json'], 'before']);
      });
    }

    it('says what failed first', async () => {
      function write(this: FileHandle): Promise<void> {
        failToClose(this, 'EIO');
        return Promise.reject(problem('ENOSPC'));
      }
      await withMethod('writeFile', write, () =>
        assert.rejects(writeAtomically(join(folder, 'export.json'), all('text'), signal), failsWith('ENOSPC')),
      );
      assert.deepEqual(await readdir(folder), []);
    });
  });

  describe('that is stopped', () => {
    const names = (): string[] => readdirSync(folder);

    /** While some of it was written, and no more comes. */
    async function halfway(signal: AbortSignal, act: () => void): Promise<void> {
      async function* chunks(): AsyncGenerator<string> {
        yield 'x'.repeat(100_000);
        assert.match(names().join(), /^\.export\.json\.[0-9a-f]{12}\.part$/);
        act();
        assert.deepEqual(names(), []);
        await new Promise(setImmediate);
      }
      await assert.rejects(writeAtomically(join(folder, 'export.json'), chunks(), signal));
      assert.deepEqual(names(), []);
    }

    it('is gone at once', () => {
      const abort = new AbortController();
      return halfway(abort.signal, () => abort.abort());
    });

    it('is gone where the process ends', () => {
      const before = process.listeners('exit');
      return halfway(signal, () => {
        for (const listener of process.listeners('exit').filter((each) => !before.includes(each))) listener(0);
      });
    });

    it('is waited for no longer once it is written, or has failed', async () => {
      const count = (): number => process.listenerCount('exit');
      const before = count();
      const abort = new AbortController();
      const path = join(folder, 'export.json');
      await writeAtomically(
        path,
        thenText(() => assert.equal(count(), before + 1)),
        abort.signal,
      );
      await withMethod(
        'sync',
        () => Promise.reject(problem('EIO')),
        () => assert.rejects(writeAtomically(path, all('text'), abort.signal)),
      );
      assert.equal(count(), before);
      abort.abort();
      assert.deepEqual(names(), ['export.json']);
    });

    it('is not begun where it was stopped before, and asks for nothing where it was while the file was made', async () => {
      const nowhere = join(folder, 'none', 'export.json');
      await assert.rejects(writeAtomically(nowhere, unwanted(), AbortSignal.abort()), { name: 'AbortError' });
      const abort = new AbortController();
      // It listens for the end just before it makes the file.
      process.once('newListener', () => queueMicrotask(() => abort.abort()));
      await assert.rejects(writeAtomically(join(folder, 'export.json'), unwanted(), abort.signal), {
        name: 'AbortError',
      });
      assert.deepEqual([abort.signal.aborted, names()], [true, []]);
    });

    it('does not come to stand in its place', async () => {
      const abort = new AbortController();
      const path = join(folder, 'export.json');
      await assert.rejects(
        writeAtomically(
          path,
          thenText(() => abort.abort()),
          abort.signal,
        ),
        { name: 'AbortError' },
      );
      const another = new AbortController();
      await withMethod(
        'sync',
        () => Promise.resolve(another.abort()),
        () => assert.rejects(writeAtomically(path, all('text'), another.signal), { name: 'AbortError' }),
      );
      assert.deepEqual(names(), []);
    });
  });
});

const failsWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof DiskError && error.code === code;

/** Runs with a method of all open files replaced. */
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

/** Each file has a method of its own for that. */
function failToClose(file: FileHandle, code: string): void {
  const { close } = file;
  file.close = async () => {
    await close.call(file);
    throw problem(code);
  };
}

function problem(code: string): Error {
  return Object.assign(new Error('no'), { code });
}

/** Does what happens meanwhile once the first of it was taken. */
async function* thenText(meanwhile: () => unknown): AsyncGenerator<string> {
  await meanwhile();
  yield 'text';
}

async function* unwanted(): AsyncGenerator<string> {
  assert.fail('nothing is to be asked for');
}

async function* all(...chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}
