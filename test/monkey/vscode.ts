import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode-from-npm/browser';
import { packagedExtension, projectRoot } from '../support/paths';
import { startServer, type VsCodeServer } from '../vscode-from-npm/server';
import { ExtensionHost } from './host/extensionHost';

/** A VS Code whose extension hosts load the probe; its windows open one after the other. */
export class MonkeyVsCode {
  private windows = 0;

  private constructor(
    readonly server: VsCodeServer,
    readonly browser: Browser,
    readonly profile: string,
    private readonly probes: string,
  ) {}

  static async start(version: string): Promise<MonkeyVsCode> {
    const profile = await mkdtemp(join(tmpdir(), 'aiployees-monkey-'));
    const probes = join(profile, 'probes');
    await mkdir(probes);
    const probe = pathToFileURL(join(projectRoot, 'test', 'monkey', 'host', 'probe.mjs')).href;
    const server = await startServer({
      version,
      vsix: await packagedExtension(),
      userDataDir: profile,
      builtinExtensions: 'for tests',
      nodeArguments: ['--expose-gc', '--import', probe],
      env: { AIPLOYEES_MONKEY_PROBES: probes },
    });
    return new MonkeyVsCode(server, await launchBrowser(), profile, probes);
  }

  /** The extension host of the next window. */
  extensionHost(): ExtensionHost {
    return new ExtensionHost(this.probes);
  }

  /** An empty folder for the next window. */
  async nextFolder(): Promise<string> {
    const folder = join(this.profile, 'folders', String((this.windows += 1)));
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    await this.server.dispose();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 3 });
  }
}
