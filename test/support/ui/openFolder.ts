import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder for the suite that calls this, empty at each test's begin: to be called before `useVsCode`, and given to it. */
export function useFolder(): TestFolder {
  const folder = new TestFolder();
  before('make a folder', () => folder.make());
  beforeEach('empty the folder', () => folder.empty());
  after('remove the folder', () => folder.remove());
  return folder;
}

export class TestFolder {
  path = '';

  async make(): Promise<void> {
    this.path = await mkdtemp(join(tmpdir(), 'aiployees-folder-'));
  }

  async empty(): Promise<void> {
    for (const name of await readdir(this.path)) await rm(join(this.path, name), { recursive: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }

  /** A file's text; rejects where there is none. */
  read(file: string): Promise<string> {
    return readFile(join(this.path, file), 'utf8');
  }

  /** Writes as another program would. */
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
