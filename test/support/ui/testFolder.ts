import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of a test, with the names of its files relative to it. */
export class TestFolder {
  private constructor(readonly path: string) {}

  static async create(): Promise<TestFolder> {
    return new TestFolder(await mkdtemp(join(tmpdir(), 'aiployees-folder-')));
  }

  async empty(): Promise<void> {
    for (const name of await readdir(this.path)) await rm(join(this.path, name), { recursive: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Rejects if the file doesn't exist. */
  read(file: string): Promise<string> {
    return readFile(join(this.path, file), 'utf8');
  }

  /** Writes a file as another program would. */
  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.path, file)), { recursive: true });
    await writeFile(join(this.path, file), text);
  }

  async delete(file: string): Promise<void> {
    await rm(join(this.path, file), { recursive: true });
  }

  files(folder: string): Promise<string[]> {
    return readdir(join(this.path, folder));
  }
}
