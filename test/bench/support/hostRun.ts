import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../vscode-from-npm/browser';
import { newest } from '../../vscode-from-npm/versions';
import { openWindow } from '../../vscode-from-npm/window';
import { projectRoot } from '../../support/paths';
import { startServer } from '../../vscode-from-npm/server';

export interface HostRun {
  /** Folder of `out/test/bench` with the `index.cjs` that VS Code calls. */
  readonly folder: string;
  /** Environments of the extension hosts, one window each. */
  readonly windows: readonly Readonly<Record<string, string>>[];
  /** A packaged extension to install in addition to the bench's own. */
  readonly vsix?: string;
}

/**
 * Runs a module in the extension host of a real VS Code, one window after another. @returns the JSON that each printed
 * after `MEASURED`
 */
export async function runInHost<T>({ folder, windows, vsix }: HostRun): Promise<readonly T[]> {
  const browser = await launchBrowser();
  const results: T[] = [];
  try {
    for (const env of windows) {
      const profile = await mkdtemp(join(tmpdir(), 'aiployees-bench-'));
      const version = process.env['AIPLOYEES_VSCODE'] ?? newest.version;
      const server = await startServer({
        version,
        userDataDir: profile,
        smokeDriver: true,
        env,
        ...(vsix !== undefined && { vsix }),
      });
      try {
        const lines: string[] = [];
        let resolveExit: (code: number) => void = () => undefined;
        const exit = new Promise<number>((resolve) => (resolveExit = resolve));
        const window = await openWindow({
          server,
          browser,
          extensionDevelopmentPath: join(projectRoot, 'test', 'bench', 'extension'),
          extensionTestsPath: join(projectRoot, 'out', 'test', 'bench', folder, 'index.cjs'),
          prepare: async (page) => {
            await page.exposeFunction(
              'codeAutomationLog',
              (_: string, args: readonly unknown[]) => void lines.push(args.map(String).join(' ')),
            );
            await page.exposeFunction('codeAutomationExit', (code: number) => resolveExit(code));
          },
        });
        const code = await Promise.race([
          exit,
          new Promise<number>((resolve) => setTimeout(() => resolve(-1), 240_000).unref()),
        ]);
        await window.dispose();
        const measured = lines
          .map((line) => /MEASURED (\{.*\}|\[.*\])/.exec(line)?.[1])
          .find((line) => line !== undefined);
        if (code !== 0 || measured === undefined)
          throw new Error(`The window ended with ${code}:\n${lines.join('\n')}`);
        results.push(JSON.parse(measured) as T);
      } finally {
        await server.dispose();
        await rm(profile, { recursive: true, force: true, maxRetries: 3 });
      }
    }
    return results;
  } finally {
    await browser.close();
  }
}
