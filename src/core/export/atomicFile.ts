import { randomBytes } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, open, realpath, rename, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onAbort } from '../util/abort';

/** The disk said no. `code` is the system's, such as ENOSPC, EACCES or EROFS. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super('the file could not be written', { cause });
    this.code = codeOf(cause);
  }
}

/** UTF-16 units that are gathered before they are written. */
const enough = 64 * 1024;

/**
 * Writes beside the file, and puts it in its place once all of it is on the disk: what stood there before stays until then. Whatever
 * goes wrong, nothing is left behind, also where the process ends first: what was written is removed as `signal` is aborted, not
 * some time after. The temporary file is made before anything is asked of `chunks`. The file may be read and written by whom the one
 * before could be.
 * @throws DiskError, the signal's reason, or what `chunks` throws
 */
export async function writeAtomically(path: string, chunks: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  // A link stays one.
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  const replaced = await writableMode(target);
  signal.throwIfAborted();
  const remove = (): void => removeNow(temporary);
  const aborted = onAbort(signal, remove);
  process.once('exit', remove);
  try {
    // A new file is what the system makes it, by the umask and the folder: Node can't ask for the umask without setting it, for all
    // threads. What replaces another may be for fewer eyes, and is for nobody else's until it is known whose.
    const file = await disk(replaced === undefined ? open(temporary, 'wx') : open(temporary, 'wx', 0o600));
    await closing(file, async () => {
      await fill(file, chunks, signal);
      // As it is by now: an export takes its time.
      const mode = (await writableMode(target)) ?? replaced;
      // A disk that keeps no modes may refuse. Then the file is for fewer, not for more.
      if (mode !== undefined) await file.chmod(mode).catch(() => undefined);
      await disk(file.sync());
    });
    signal.throwIfAborted();
    await disk(rename(temporary, target));
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
    if (gathered.length < enough) continue;
    await disk(file.writeFile(gathered));
    gathered = '';
  }
  signal.throwIfAborted();
  await disk(file.writeFile(gathered));
}

/** Some disks tell only then that they are full. */
async function closing(file: FileHandle, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Where even that fails, why the file could not be written is what helps.
    await file.close().catch(() => undefined);
    throw error;
  }
  await disk(file.close());
}

/**
 * Permission bits of the file that is to be replaced; undefined where there is none. To rename over a file asks only whether the
 * folder may be written to, so a file that may not be written to is found here.
 * @throws DiskError
 */
async function writableMode(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw refusal('EISDIR');
    // The superuser may write to anything, but whoever took that right away meant it.
    if ((found.mode & 0o222) === 0) throw refusal('EACCES');
    await access(path, constants.W_OK);
    return found.mode & 0o777;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new DiskError(error);
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** At once: a process that ends waits for nothing. */
function removeNow(path: string): void {
  try {
    rmSync(path);
  } catch {
    // It is gone, or kept from us. Why the file could not be written is what is told.
  }
}

async function disk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new DiskError(error);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
