import { randomBytes } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, open, realpath, rename, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onAbort } from '../util/abort';

/** A file system error. `code` is the system's, such as ENOSPC, EACCES or EROFS. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super('the file could not be written', { cause });
    this.code = findErrorCode(cause);
  }
}

/** UTF-16 units buffered before each write. */
const bufferChars = 64 * 1024;

/**
 * Writes to a temporary file and renames it when complete; until then the old file remains. On a failure or abort the
 * temporary file is removed; on abort synchronously, because the process may be ending. It is created before `chunks`
 * is read. The new file has the permissions of the old one.
 * @throws DiskError, the signal's reason, or errors of `chunks`
 */
export async function writeAtomically(path: string, chunks: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  // Preserves a symbolic link.
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  const replaced = await findWritableMode(target);
  signal.throwIfAborted();
  const remove = (): void => removeNow(temporary);
  const aborted = onAbort(signal, remove);
  process.once('exit', remove);
  try {
    // A new file gets the default mode: Node can't read the umask without setting it for all threads. A replacement is
    // private
    // until the old file's mode is applied.
    const file = await wrapDiskErrors(replaced === undefined ? open(temporary, 'wx') : open(temporary, 'wx', 0o600));
    await closeAfter(file, async () => {
      await fill(file, chunks, signal);
      // Checked again, because the mode may have changed during the export.
      const mode = (await findWritableMode(target)) ?? replaced;
      // File systems without modes may refuse; then the file stays private.
      if (mode !== undefined) await file.chmod(mode).catch(() => undefined);
      await wrapDiskErrors(file.sync());
    });
    signal.throwIfAborted();
    await wrapDiskErrors(rename(temporary, target));
  } catch (error) {
    remove();
    throw error;
  } finally {
    process.off('exit', remove);
    aborted.dispose();
  }
}

async function fill(file: FileHandle, chunks: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let gathered = '';
  for await (const chunk of chunks) {
    gathered += chunk;
    if (gathered.length < bufferChars) continue;
    await wrapDiskErrors(file.writeFile(gathered));
    gathered = '';
  }
  signal.throwIfAborted();
  await wrapDiskErrors(file.writeFile(gathered));
}

/** Closes the file, because some file systems report only then that they are full. */
async function closeAfter(file: FileHandle, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The first error is the more helpful one.
    await file.close().catch(() => undefined);
    throw error;
  }
  await wrapDiskErrors(file.close());
}

/**
 * Returns the mode of the file to replace; undefined if there is none. Checks for write permission, because renaming
 * over a file only needs it for the folder.
 * @throws DiskError
 */
async function findWritableMode(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw createSystemError('EISDIR');
    // Root may write to anything, but a read-only file is meant to be read-only.
    if ((found.mode & 0o222) === 0) throw createSystemError('EACCES');
    await access(path, constants.W_OK);
    return found.mode & 0o777;
  } catch (error) {
    if (findErrorCode(error) === 'ENOENT') return undefined;
    throw new DiskError(error);
  }
}

function createSystemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Synchronous, because the process may be ending. */
function removeNow(path: string): void {
  try {
    rmSync(path);
  } catch {
    // It is gone or inaccessible; the original error is reported.
  }
}

async function wrapDiskErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new DiskError(error);
  }
}

function findErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
