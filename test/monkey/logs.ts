import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** New error lines in the logs of the extension and its hosts. */
export class Logs {
  private readonly read = new Map<string, number>();

  /** @param profile folder of VS Code's server */
  constructor(private readonly profile: string) {}

  /** Returns errors since the last call: errors that the extension logged, and its uncaught exceptions. */
  async newErrors(): Promise<string[]> {
    const folder = join(this.profile, 'logs');
    const paths = (await readdir(folder, { recursive: true }).catch(() => [])).filter((path) =>
      /(?:exthost|AIployees)\.log$/.test(path),
    );
    const errors: string[] = [];
    for (const path of paths) {
      const from = this.read.get(path) ?? 0;
      const { size } = await stat(join(folder, path));
      if (size <= from) continue;
      const text = (await readFile(join(folder, path))).subarray(from).toString('utf8');
      this.read.set(path, size);
      const entries = text.split(/\n(?=\d{4}-\d\d-\d\d )/);
      errors.push(
        ...entries.filter(
          (entry) =>
            entry.includes('[error]') && (path.endsWith('AIployees.log') || entry.includes('aiployees-conversations')),
        ),
      );
    }
    return errors;
  }
}
