import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
      for (const size of [10, 100_000, 10]) {
        yield 'x'.repeat(size);
        const [temporary = ''] = (await readdir(folder)).filter((name) => name.endsWith('.part'));
        sizes.push((await stat(join(folder, temporary))).size);
        assert.equal(await readFile(path, 'utf8'), 'before');
      }
    }
    await writeAtomically(path, chunks(), signal);
    // Little is gathered; much is written before more is asked for.
    assert.deepEqual(sizes, [0, 100_010, 100_010]);
    assert.equal((await readFile(path, 'utf8')).length, 100_020);
    assert.deepEqual(await readdir(folder), ['export.json']);
  });

  it('may have as long a name as the disk allows', async () => {
    const path = join(folder, `${'n'.repeat(250)}.json`);
    await writeAtomically(path, all('text'), signal);
    assert.equal(await readFile(path, 'utf8'), 'text');
  });

  it('leaves nothing behind where it can’t be put in its place, and says what the system said', async () => {
    const path = join(folder, 'folder');
    await mkdir(join(path, 'within'), { recursive: true });
    const error = await writeAtomically(path, all('text'), signal).then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof DiskError);
    assert.ok(['EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code ?? ''), error.code);
    assert.ok(error.cause instanceof Error);
    assert.deepEqual(await readdir(folder), ['folder']);
  });

  it('has a code of the system’s, or none', () => {
    const withCode = (code: unknown): Error => Object.assign(new Error('no'), { code });
    assert.deepEqual([withCode('ENOSPC'), withCode(7), new Error('no'), 'no', undefined].map((cause) => new DiskError(cause).code), ['ENOSPC', undefined, undefined, undefined, undefined]);
  });
});

async function* all(...chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}
