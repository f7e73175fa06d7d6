import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The disk said no. `code` is the system's, such as ENOSPC, EACCES or EROFS. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super('the file could not be written', { cause });
    this.code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  }
}

/** UTF-16 units that are gathered before they are written. */
const enough = 64 * 1024;

/**
 * Writes beside the file, and puts it in its place once all of it is on the disk: what stood there before stays until then. Whatever
 * goes wrong, nothing is left behind. The temporary file is made before anything is asked of `chunks`.
 * @throws DiskError, or what `chunks` throws
 */
export async function writeAtomically(path: string, chunks: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  // A link stays one.
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  const file = await disk(open(temporary, 'wx'));
  try {
    await fill(file, chunks, signal);
    await disk(rename(temporary, target));
  } catch (error) {
    // Where even that fails, why the file could not be written is what helps.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function fill(file: FileHandle, chunks: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  try {
    let gathered = '';
    for await (const chunk of chunks) {
      gathered += chunk;
      if (gathered.length < enough) continue;
      await disk(file.writeFile(gathered));
      gathered = '';
    }
    signal.throwIfAborted();
    await disk(file.writeFile(gathered));
    await disk(file.sync());
  } finally {
    await file.close();
  }
  signal.throwIfAborted();
}

async function disk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new DiskError(error);
  }
}
